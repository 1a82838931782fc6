# Bringing content in and out: progress, and what a clerk has to mend.

import-reading = Reading { $count } files in { $kind }/
import-looking = Looking at { $count } pictures and attachments
import-setting = Setting { $count } texts
import-pictures = Making pictures: { $done }/{ $count }
import-keeping = Keeping: { $done }/{ $count }
import-by-its-day = { $file }: its time is by the rule of the day on which it was put up (kept-postings.csv), not by today’s
import-done = Done: { $published } editions published, { $drafted } drafts, { $changed } changes, { $unchanged } unchanged, { $pictures } new pictures.
import-recalled = Replaced before it was shown.
export-done = { $count } files written to { $path }.
export-not-empty = The folder { $path } is not empty. Choose a new one, so that nothing is overwritten.

import-empty = There is nothing to import in { $path }: it needs site.toml, units.csv, holidays.toml, posting-kinds.toml, unit-groups.toml, articles/ or pages/.
import-no-site = there is no site.toml yet, so the portal's name and sections are unknown. Copy one into this folder.
import-not-markdown = only .md files are taken here. Move this file away, or save it as Markdown.
import-too-deep = this folder lies too deep to be read. Move its files further up.
import-unreadable = the file cannot be read ({ $reason })
import-too-large = the file is too large ({ $size } MB, at most { $most } MB). Split it into several texts.
import-tangled = from this line on the text nests too deep or has too many parts. Simplify it, or split it.
import-not-utf8 = the text on this line is not UTF-8. Open it in an editor and save it as UTF-8.
import-bad-edition-name = “{ $name }” is no edition's name: later editions are name@2.md, name@3.md…
import-slug-twice = the address “{ $slug }” is used by { $other } already. Rename one of the two.
import-unknown-section = there is no section “{ $section }” in site.toml
import-unknown-unit = there is no unit with the code “{ $unit }” as written here
import-unknown-unit-on-day = on { $day } no unit bore the code “{ $unit }”. Check units.csv.
import-unknown-replacement = there is no text “{ $slug }” to replace it
import-former-taken = the former address “{ $slug }” belongs to another text
import-needs-note = the public has seen this text. Add a change_note that says what was changed; or put the file back and write the correction in { $slug }@{ $next }.md
import-no-change-note = a later edition needs a change_note: tell readers what was changed
import-edition-gap = edition { $next } is missing before edition { $number }
import-edition-fixed = this file is edition { $number }, which is published: put it back as it was. To change the text, write a new edition named @{ $next } with a change_note.
import-draft-of-published = a published text cannot become a draft again. To take it away, add [withdrawn] with a reason.
import-withdrawn-stays = a withdrawn text comes back only by a new edition under its own name: write @{ $next }, or leave [withdrawn] as it is
import-older-words = these are the words of an older edition. To return to them, name the file @{ $next } and say why in change_note.
import-draft-waits = the draft @{ $number } is waiting. Edit the file @{ $number }, or publish it first.
import-at-the-desk = edition { $number } is at the desk ({ $state ->
    [submitted] awaiting approval
    [approved] approved, not published yet
   *[discarded] in the trash
}), so this file cannot replace it. Go on at the desk, or take this file out.
import-slug-promised = the address “{ $slug }” was promised to lead to another text (former). Choose another file name.
import-date-fixed = the public has begun to see this text, so its date is fixed. To end it use until; to take it away use [withdrawn].
import-note-fixed = the change_note of a published edition is fixed. Write a new edition to say something else.
import-withdrawal-fixed = what was said of the withdrawal is public and fixed
import-withdrawn-too-early = a newer edition has stood in its place since { $since }: it can be withdrawn from then on. To withdraw the whole text add [withdrawn] to the newest.
import-others-write = Another program keeps writing to the database. Wait for it and run again; nothing was changed.
import-bad-file-name = “{ $name }” cannot be used: it must be a path inside this folder, such as pictures/one.png
import-no-file = there is no file { $name }
import-file-too-large = { $name } is too large ({ $size } MB, at most { $most } MB)
import-file-changed = { $name } differs from the file of that name imported before. Give the new file a new name, so that older editions show what they showed.
import-file-moved = { $name } changed while it was being imported. Run again.
import-bad-type = { $name }: files of this type are not taken. Taken are: { $known }.
import-file-not-so = what stands in { $name } is not what its ending says. Open it in its program and save it again.
import-file-locked = { $name } has a password, so citizens could not open it. Remove the password and import again.
import-file-macros = { $name } has macros and is not taken. Save it without macros, or as PDF.
import-file-carries = { $name } holds { $inner }, which is not taken.
import-file-crowded = there are too many files in { $name }. Divide it into several smaller archives.
import-no-picture = { $name } is not a PNG, JPEG, WebP or GIF picture
import-picture-too-large = { $name } has too many pixels (at most 12,000 a side). Make it smaller.
import-picture-cut-off = { $name } is cut off: the file ends before the picture does. Copy it again from the original.
import-picture-disguised = { $name } is a picture with something else behind it (a web page, an archive or a program) and may be a disguise. Open it and save it as a new file.
import-picture-damaged = { $name } is damaged and cannot be opened. Save it again from the original.

front-no-fence = the front matter is missing: a file begins with a line +++ and a second +++ closes it
front-bad-toml = this line cannot be read ({ $reason })
front-mistyped = “{ $key }” { $wanted ->
    [text] must be text in quotes, such as { $key } = "…"
    [texts] must be a list of texts, such as { $key } = ["…"]
    [flag] must be true or false
    [count] must be a whole number, zero or more
    [counts] must be a list of whole numbers, not below zero, such as { $key } = [1, 2]
    [when] must be a date or a date and time between 1900 and 2999, such as 2026-11-03 or 2026-11-03T08:00:00
    [day] must be a date, such as 2026-11-03
    [tables] must be tables [[{ $key }]]
   *[table] must be a table [{ $key }]
}
front-null = “{ $key }” holds a null character (U+0000). Remove it.
front-empty = “{ $key }” is empty
front-missing = “{ $key }” is missing
front-unknown-key = there is no key named “{ $key }”. Check the spelling.
front-bad-slug = “{ $slug }” cannot be an address: only lower-case letters without accents, digits and hyphens
front-own-page = “{ $slug }” is the address of one of the portal's own pages, and no text can bear it: please rename the file
front-too-long = “{ $key }” has { $length } characters, at most { $most }
front-until-before-published = “until” must come after “published”
front-bad-state = “state” is "draft", "published" or "discarded", not “{ $state }”
front-draft-withdrawn = a draft was never published, so it cannot be withdrawn

article-bad-source = “{ $address }” is no web address: it must begin with https:// or http://
article-no-alt = “alt” is missing: describe the picture for those who cannot see it; for mere decoration write decorative = true
article-alt-and-decorative = a picture with “alt” is not mere decoration: take away “decorative”, or “alt”
article-bad-focus = “{ $focus }” is no point of a picture: write two percentages, from the left and from the top, such as "30% 60%"
image-undescribed = the picture “{ $name }” has no description: write ![description for those who cannot see it]({ $name }); for mere decoration write ![]({ $name } "trang trí")
image-described-decoration = the picture “{ $name }” is described and called decoration (“trang trí”) at once: take one of them away
image-unread = the picture “{ $name }” cannot be read: a name with spaces goes between angle brackets, such as ![description](<my picture.png>), or rename the file

site-bad-address = “{ $address }” is no portal's address: only https://host, without a path
site-section-twice = the section “{ $slug }” is there twice
site-bad-colour = “{ $colour }” is no colour of the form #rrggbb
site-weak-colour = “{ $colour }” is hard to read on { $ground }: its contrast is { $ratio } and at least { $least } is needed. Choose a darker colour for the light ground, a lighter one for the dark ground
site-section-in-use = the section “{ $section }” still has published texts and cannot be dropped. Keep it.
site-unknown-unit = no unit in units.csv bears the code “{ $unit }” today. Correct the code, or drop the line.
site-bad-span = “{ $key }” must be a whole number from { $least } to { $most }
site-unknown-role = there is no role named “{ $role }”; the names are: { $roles }
site-no-sections = at least one [[sections]] is needed

unit-bad-columns = the first line must be: { $columns }
unit-bad-row = { $wanted } columns are needed, this row has { $found }
unit-bad-code = the code “{ $code }” must be all digits
unit-bad-day = days are written as 2025-07-01
unit-ends-before-it-begins = the last day is before the first
unit-bad-rank = there is no rank “{ $rank }”
unit-label-twice = the address label “{ $label }” is there twice
unit-label-fixed = unit { $code } has the address “{ $label }” and cannot change it to “{ $other }”: published addresses answer for ever
unit-above-itself = unit { $code } stands above itself. Check parent_code.
unit-code-borne-twice = two units bear the code { $code } at the same time. Check valid_from and valid_until.
unit-link-twice = this change of unit { $code } stands in a row above already
unit-twice = the code “{ $code }” has two rows with the same first day
unit-unknown-parent = no parent with the code “{ $code }” exists at the same time
unit-bad-extent = “{ $extent }” is wrong: whole or part need a new code, abolished leaves it empty

# Inside the HTML of a text.
text-table = Table, scroll sideways to see all of it
text-footnotes = Notes
text-footnote-back = Back to note

# holidays.toml, posting-kinds.toml
rules-too-long = too long: at most { $most } characters
holidays-bad-year = the year { $year } is not between { $first } and { $last }
holidays-year-twice = the year { $year } is told twice
holidays-bad-due = the number of days must be between 1 and { $most }
holidays-turned = the last day ({ $to }) comes before the first ({ $from })
holidays-too-long = { $days } days off are too many: at most { $most }. Look at the last day.
holidays-day-twice = { $day } is told elsewhere already
holidays-no-weekend = { $day } is neither a Saturday nor a Sunday, so it is not worked in place of another day
holidays-instead-weekend = { $day } is a weekend day anyway
kinds-bad-number = a group’s number must be between 1 and 99
kinds-group-twice = group { $number } is told twice
kinds-too-many = too many kinds: at most { $most }
kinds-twice = there is a kind with the address “{ $slug }” already
kinds-no-group = there is no group { $number }
kinds-idle-key = “{ $key }” only stands together with { $other }
kinds-no-loudspeaker = days on loudspeakers need the loudspeaker among the places
kinds-urgent-endless = an urgent kind must end, so it is neither permanent nor until replaced
kinds-people-on-web = a list of people must not stand whole on the web: choose masked or totals
kinds-web-wider = the web must not carry more than paper
kinds-bad-days = the number of days must be between 1 and { $most }
kinds-unknown-word = “{ $named }” is unknown; choose one of: { $known }
kinds-no-place = no place is named
import-bad-digest = “{ $digest }” is no SHA-256 digest
