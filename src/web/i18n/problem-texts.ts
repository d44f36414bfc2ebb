const refusal = {
  'not-signed-in': ['登录已失效，请重新登录。', 'You are no longer signed in. Sign in again.'],
  'not-allowed': [
    '你的角色没有这项权限。需要时请找安全管理员授权。',
    'Your role does not allow this. Ask the security administrator if you need it.',
  ],
  'not-found': ['没有找到，或不在你的数据权限内。', 'Not found, or outside your data scope.'],
  'stale-version': [
    '别人刚改过这条记录。已为你重新载入，请核对后再做一次。',
    'Somebody changed this meanwhile. It has been reloaded; look again and repeat.',
  ],
  'version-required': ['请求缺少版本号，请刷新页面再试。', 'The version is missing; reload the page and try again.'],
  'request-invalid': ['有内容不合要求：', 'Something is not right:'],
  'transition-illegal': ['现在的状态不能这样做。', 'This cannot be done in the present state.'],
  conflict: ['与已有的记录冲突。', 'This conflicts with what already stands.'],
  'key-reused': ['同一请求键用了两次，内容却不同。', 'The same request key was used with another content.'],
  'sign-in-failed': ['账号或密码不对。', 'Login or password is wrong.'],
  'sign-in-throttled': ['尝试太多次，请稍等几分钟再试。', 'Too many tries. Wait a few minutes.'],
  'cross-site': ['请求不是来自本页面，已拒绝。', 'The request did not come from this page and was refused.'],
  'too-large': ['内容太大。', 'This is too large.'],
  busy: ['系统正忙，请稍后再试。', 'The system is busy. Try again shortly.'],
  'link-unusable': ['登录链接已用过或已过期。请管理员再给一个。', 'The link was used already or has expired. Ask for a new one.'],
  'reason-required': ['请写明原因。', 'A reason is needed.'],
  'still-needed': ['有内容建立在它之上，不能撤销；原因如下。', 'It cannot be taken back: other things rest on it, listed here.'],
  'state-wrong': ['现在的状态不能这样做。', 'This cannot be done in the present state.'],
  'question-invalid': ['这个分析问题不成立：', 'The question cannot be answered:'],
  'query-timeout': ['查询超时。请缩短时间范围或减少维度。', 'The query took too long. Shorten the period or use fewer dimensions.'],
  unavailable: ['服务暂时不可用，请稍后再试。', 'The service is not available now. Try again shortly.'],
  unreachable: ['连不上服务器，请检查网络。', 'The server cannot be reached. Check the network.'],
  other: ['请求没有成功（{{code}}）。', 'The request failed ({{code}}).'],
} as const;

export const problemTexts = {
  refusal,
  problemParts: { again: ['重试', 'Try again'] },
} as const;
