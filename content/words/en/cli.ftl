# The command line.

cli-about = Bảng Tin: the public information portal of communes and offices.
    Without a verb it opens the portal to readers.
cli-serve = Open the portal to readers. The first start makes the database and the pictures and imports content/
cli-import = Bring in articles, pages, pictures and the list of units from a folder. One fault: every fault is named and nothing changes
cli-export = Write all content to a new folder, in the form that import reads
cli-verify = Recompute the whole log, compare every text and file; name the first row that was tampered with
cli-feedback = List which texts readers found useful or not; first those that most found of no use
cli-config = Print the settings in force and where each was said; secrets are starred
cli-folder = The folder
cli-settings = Settings are in bangtin.toml or in the environment (the environment wins):
      BANGTIN_LISTEN       address and port to listen on, several separated by commas (127.0.0.1:8080)
      BANGTIN_VAR          folder of data and pictures (var)
      BANGTIN_CONTENT      folder of the first content (content)
      DATABASE_URL         postgres://… for PostgreSQL instead of SQLite
      BANGTIN_PROXIES      networks of trusted proxies (for example 10.0.0.0/8)
      BANGTIN_WEBHOOKS_PRIVATE  true to tell machines of the inner network too, and by http (false)
      BANGTIN_LOG          form of the server's log: text or json (text)
      BANGTIN_LOG_LEVEL    level of the server's log (warn,bangtin=info)
      BANGTIN_DEVELOPMENT  true while developing: opens the page /he-thong-giao-dien too (false)
      BANGTIN_LANG         language of the command line: vi or en (vi)
      BANGTIN_CONFIG       another settings file than bangtin.toml
cli-first-start = First start: importing { $path }.
cli-no-content = There is no content folder { $path }: the portal opens empty. Set BANGTIN_CONTENT, or use “bangtin import”.
cli-ready = Bảng Tin is ready. Open { $address }
cli-stopped = Bảng Tin has stopped; every count is written.
cli-issues = { $count } things to mend. Nothing was changed.
cli-broken = The program failed: { $reason }

config-unknown-variable = The environment variable { $name } is no setting. “bangtin --help” lists the names.
config-unknown-key = { $file }: there is no setting named “{ $name }”. “bangtin --help” lists the names.
config-bad-file = { $file } cannot be read ({ $reason }).
config-bad-value = The setting “{ $name }” does not take the value “{ $value }”.

cli-feedback-address = Address
cli-feedback-title = Title
cli-feedback-none = Nobody has answered yet.

cli-usage = Usage
cli-verbs = Commands
cli-options = Options
cli-arguments = Arguments
cli-help = Print this help
cli-version = Print the version

cli-person = Add people; reset, disable or enable accounts; list them
cli-person-add = Add somebody, and print the one-time link with which he sets his password
cli-person-reset = Void the password, second factor, sessions and tokens; print a new one-time link
cli-person-disable = Disable an account at once
cli-person-enable = Enable an account again
cli-person-list = List all accounts and roles
cli-login = The login
cli-name = The full name
cli-role = A role, such as editor or editor@99017 (code of a unit); may be given several times. Roles: { $roles }
cli-person-link = One-time link for { $login }, good for { $hours } hours: { $address }
cli-person-disabled = The account { $login } is disabled; its sessions are over.
cli-person-enabled = The account { $login } is enabled.
cli-person-none = There is nobody yet. Run “bangtin serve” for the link that makes the first keeper.
cli-person-state-link = no password yet
cli-person-state-disabled = disabled
cli-person-state-second = second factor
cli-person-unknown = There is no account “{ $login }”. Run “bangtin person list” for the names.
cli-person-bad-role = There is no role “{ $role }”. The roles are: { $roles }
cli-person-bad-unit = No unit bears the code “{ $code }” today. See the list of units.
cli-first-person = Nobody works here yet. Open this link within { $hours } hours to make the first person, who will be keeper, editor, reviewer and publisher of the whole portal: { $address }
