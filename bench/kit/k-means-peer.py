"""scikit-learn's k-means on float64 rows of the file named first: rows, width, clusters, starts. One JSON object."""

import json
import sys
import time

import numpy as np
from sklearn.cluster import KMeans

path, rows, width, clusters, starts = sys.argv[1], *map(int, sys.argv[2:6])
points = np.fromfile(path, dtype=np.float64).reshape(rows, width)
begin, cpu = time.perf_counter(), time.process_time()
found = KMeans(n_clusters=clusters, n_init=starts, random_state=1).fit(points)
print(json.dumps({"inertia": found.inertia_, "seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu, "rounds": found.n_iter_}))
