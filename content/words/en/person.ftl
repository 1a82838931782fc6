# People: accounts, roles, passwords.

role-author = Author
role-editor = Editor
role-reviewer = Reviewer
role-publisher = Publisher
role-urgent-publisher = Urgent publisher
role-board-keeper = Board keeper
role-statistician = Statistician
role-keeper = Keeper

verb-look = See texts in every state
verb-write = Write and submit one’s own texts
verb-edit = Edit the texts of others
verb-review = Approve texts or send them back
verb-publish = Publish approved texts
verb-urge = Publish at once and have it confirmed later
verb-confirm = Confirm what was published at once
verb-withdraw = Withdraw texts
verb-keep-people = Keep people and roles
verb-keep-site = Change the description of the site
verb-read-log = Read the log

person-busy = Many people are signing in at once. Please try again in a few seconds.
person-bad-login = A login has 2 to 40 characters: lower-case letters without accents, digits, dots and hyphens, with a letter or digit first and last. For example: tham.tran
person-login-taken = The login “{ $login }” is taken, perhaps by somebody who has left. Choose another.
person-no-name = Enter the full name.
person-bad-name = A name has at most { $most } characters, on one line.
person-many-roles = One person holds at most { $most } roles. Take some away, or give the role in a unit above.
person-is-disabled = This account is disabled. Enable it first.
person-not-oneself = You cannot do this to your own account. Ask another keeper.
person-last-keeper = This is the last keeper of the whole portal. Give the role to somebody else first.
person-bad-secret = The set-up key is wrong. Open this page again for a new one.
person-wrong-code = The code is wrong or was used already. Enter the one that your phone shows now; if it still fails, set the phone’s clock to automatic.
person-has-second-factor = This account has two-step verification already.
person-second-factor-needed = A role of yours requires two-step verification, so it cannot be turned off.
person-wait = There were several mistakes. Please try again in { $minutes } min.
password-short = A password needs at least { $least } characters. A short sentence that you remember is best, with spaces and accents.
password-long = A password has at most { $most } characters. Make it shorter.
password-common = Many people use this password, so it is guessed at once. Choose a sentence of your own.
password-named = A password must not contain your login, your name, or the name of the portal or of a unit. Leave that out.
password-monotonous = The password repeats itself or runs in order, so it is easy to guess. Choose a sentence of your own.
password-guessable = This password is still easy to guess. Add a few words that have nothing to do with each other.
password-old-wrong = The present password is wrong. Enter it again.
token-bad-name = Name the token, in at most { $most } characters, so that you know later which program uses it.
token-no-scope = Choose at least one thing that this token may do.
token-bad-days = A token lasts from 1 to { $most } days.
token-many = You have { $most } tokens already. Revoke those that are not used any more first.
