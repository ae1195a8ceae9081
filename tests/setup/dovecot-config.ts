interface DovecotConfig {
  directory: string;
  user: string;
  group: string;
  port: number;
  tlsPort: number;
  certificate: { key: string; cert: string } | undefined;
}

/** dovecot.conf (2.3) for one unprivileged user, everything below one directory, loopback only. */
export function dovecotConfig({ directory, user, group, port, tlsPort, certificate }: DovecotConfig): string {
  return `
base_dir = ${directory}/run
state_dir = ${directory}/run
log_path = ${directory}/dovecot.log
protocols = imap
listen = 127.0.0.1
${tlsLines(certificate)}
disable_plaintext_auth = no
default_login_user = ${user}
default_internal_user = ${user}
default_internal_group = ${group}
mail_location = maildir:${directory}/mail/%u
mailbox_idle_check_interval = 1s
mail_max_userip_connections = 200
auth_failure_delay = 0
first_valid_uid = 1
mail_uid = ${user}
mail_gid = ${group}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${directory}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${certificate === undefined ? 0 : tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}

function tlsLines(certificate: DovecotConfig['certificate']): string {
  if (certificate === undefined) return 'ssl = no';
  return `ssl = yes\nssl_cert = <${certificate.cert}\nssl_key = <${certificate.key}`;
}
