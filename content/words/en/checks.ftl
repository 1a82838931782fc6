# What a text is told before it is submitted: what is wrong, and what to do.

check-no-title = There is no title yet. Say in one sentence what happens, and where.
check-title-long = The title has { $length } characters. Cut it to about { $most }, so that a phone shows all of it.
check-title-capitals = The title is all capitals and hard to read. Use capitals for names and the first letter only.
check-no-lead = There is no summary yet. Give the most important point in a sentence or two; lists and shared links show it.
check-no-body = The text is empty.
check-no-section = No section is chosen.
check-no-unit = No unit is chosen.
check-no-note = This text is published. Tell readers what you changed, or mark the change as minor if you only mended a slip.
check-starts-past = The start, { $at }, is past: the text will show as soon as it is published.
check-ends-past = The end, { $at }, is past, so nobody would see the text. Choose a later one, or leave it empty.
check-review-past = The day of review, { $day }, has come. Look the page over and choose a later one.
check-ends-first = The text ends before it begins ({ $at }). Choose a later end.
check-picture-text = The lead picture has no description. Describe it for those who cannot see it, or mark it as decoration.
check-picture-both = The lead picture has a description and is marked as decoration. Drop one of the two.
check-picture-unknown = No picture is called “{ $name }”. Check the name, or choose a picture that is there.
check-image-text = The picture “{ $name }” has no description. Write one between the square brackets; for mere decoration put "trang trí" after its name.
check-image-both = The picture “{ $name }” has a description and is marked as decoration. Drop one of the two.
check-image-unread = The picture “{ $name }” is not written correctly and shows as text. Put a name with spaces in angle brackets: ![description](<file name.jpg>).
check-tangled = From this line on the text nests too deeply or has too many parts. Write it more simply, or split it.
check-heading-first = A heading with one mark has the level of the title. Use two (##).
check-heading-skips = The headings jump from level { $from } to level { $level }. Use { $marks } here.
check-table-header = The table has no row of column names. Name the columns, so that people who use a screen reader understand the cells.
check-link-nowhere = The link “{ $text }” has no address. Put one in the round brackets, or drop the link.
check-link-wordless = The link to “{ $address }” has no words to click. Say where it leads between the square brackets.
check-link-says-nothing = The link “{ $text }” does not say where it leads. Use the name of the page or document, such as “December timetable”.
check-link-bare = The link shows its bare address “{ $address }”. Write the name of the page instead: [name](address).
check-link-broken = The link “{ $address }” opens no page of this portal: a slip, a text not yet published, or one that was taken down.
check-link-anchor = The text has no heading “{ $address }”. Check the name, or drop the link.
check-date-impossible = No calendar has the day { $date }.
check-date-weekday = { $date } is a { $weekday ->
    [Mon] Monday
    [Tue] Tuesday
    [Wed] Wednesday
    [Thu] Thursday
    [Fri] Friday
    [Sat] Saturday
   *[Sun] Sunday
}. Mend the weekday or the date.
check-date-past = The limit { $date } is past. Pass over this if you are mending an old text; else check the date.
check-characters-lost = Some characters were lost (�) in copying. Copy the text again from its original.
check-old-alphabet = This passage is in an old font (TCVN3, VNI) or a wrong encoding and cannot be read. Convert it to Unicode and paste it again.
check-abbreviation = Nobody is told what “{ $short }” means. Write it out once, as in “Full name ({ $short })”.
check-abbreviation-known = Nobody is told what “{ $short }” means. Write it out once: { $meaning } ({ $short }).
