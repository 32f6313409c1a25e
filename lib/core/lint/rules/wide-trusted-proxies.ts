import { isPublicAddress } from '../address';
import type { LintRule } from '../lint-rule';

/** A trusted proxy may claim any client address, and address rules and logs believe it. */
export const wideTrustedProxies: LintRule = {
  code: 'lint.wide-trusted-proxies',
  severity: 'warning',
  source: 'https://nginx.org/en/docs/http/ngx_http_realip_module.html#set_real_ip_from',
  check: ({ trustedProxies }) =>
    trustedProxies.flatMap((range, index) => {
      const [address = '', bits] = range.split('/');
      const size = Number(bits);
      const isWide =
        bits !== undefined &&
        size > 0 &&
        (address.includes(':') ? size < 16 : size < 8 || (size < 16 && isPublicAddress(address)));
      return isWide
        ? [
            {
              path: ['trustedProxies', index],
              message: `everybody in ${range} could make up client addresses`,
              hint: 'Give the addresses of your load balancers only.',
            },
          ]
        : [];
    }),
};
