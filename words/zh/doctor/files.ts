/** Files with keys, and the folder of reports: who else gets at them. */
import type { Words } from '../../en.ts';

const PRIVATE = '文件 chmod 600，所在目录 chmod 700；可能已被他人读过的内容必须更换。';
const OWN = 'REPORT_FOLDER 必须是运行 Worker 的用户自己的目录：用 chown 改属主，并 chmod 700。';

type NamedFile = Parameters<Words['doctor']['files']['written']>[0];

const told = ({ variable, path, mode }: NamedFile) => `${variable}：${path} 的权限为 ${mode}`;

export const files: Words['doctor']['files'] = {
  none: { sentence: '变量所指的文件一个都没有。', do: '见 worker-configuration。' },
  private: (folders) => `其他人无法读取密钥，所在目录：${folders.join('、')}。`,
  written: (file) => ({ sentence: `${told(file)}，其他人可以写入。`, do: PRIVATE }),
  replaced: ({ variable, path, mode }) => ({
    sentence: `${variable}：目录 ${path} 的权限为 ${mode}，其他人可以替换其中的文件。`,
    do: PRIVATE,
  }),
  readByAll: (file) => ({ sentence: `${told(file)}，所有人可读。`, do: PRIVATE }),
  anothersReadByAll: (file) => ({
    sentence: `${told(file)}，所有人可读。`,
    do: '在宿主机上确认其他人进不了其所在目录；或将文件 chown 给运行程序的用户，并 chmod 600。',
  }),
  readByGroup: (file) => ({
    sentence: `${told(file)}，同组用户可读。`,
    do: '确认该组没有其他用户。',
  }),
  reports: {
    unseen: (folder, why) => ({ sentence: `无法查看 ${folder}（${why}）。`, do: OWN }),
    noFolder: (folder) => ({ sentence: `${folder} 不是目录。`, do: OWN }),
    forbidden: (folder, user, need, why) => ({
      sentence: `用户 ${user} 无法${need === 'write' ? '写入' : '读取'} ${folder}（${why}）。`,
      do: OWN,
    }),
    written: (folder, mode) => ({
      sentence: `其他人可以写入 ${folder}，其权限为 ${mode}。`,
      do: OWN,
    }),
    seen: (folder, mode) => ({
      sentence: `其他人可以查看 ${folder}，其权限为 ${mode}：账单涉及用户信息。`,
      do: OWN,
    }),
    right: (folder) => `${folder} 可以存放报告，其他人无法查看。`,
    awaited: (folder) => ({
      sentence: `还没有 ${folder}。`,
      do: '有了第一份报告才会有；在此之前，请确认 Worker 的 REPORT_FOLDER 与此相同。',
    }),
    toBeMade: (folder) => ({
      sentence: `还没有 ${folder}：写第一份报告时创建。`,
      do: `mkdir -m 700 ${folder}；若容器会重建，请将其挂载为卷。`,
    }),
    notToBeMade: (folder, why) => ({
      sentence: `没有 ${folder}，也无法创建（${why}）。`,
      do: OWN,
    }),
  },
};
