# A unit's page: its place in the tree, what it was and what it became.

unit-former = This unit no longer exists.
unit-abolished-on = It was abolished on { $date }.
unit-below = To see where a place belongs today, choose its old name in the list below.
unit-ancestors = Part of
unit-code = Unit code
unit-span-label = Period
unit-span-from = since { $from }
unit-span-until = until the end of { $until }
unit-span = from { $from } until the end of { $until }
unit-history = Before and now
unit-before = Before
unit-after = Afterwards
unit-until-date = Before { $date }
unit-from-date = Since { $date }
unit-now = Now
unit-this = The unit you are looking at
unit-this-former = Before the reorganisation
unit-made-from = This area was:
unit-became = This area now belongs to:
unit-extent-whole = all of it
unit-extent-part = part of it
unit-takes-whole = took all of it
unit-takes-part = took part of it
unit-children = Units within it
unit-children-former = Units within it while it existed
unit-news = News of this unit

# The rank alone, and with a name as it stands in a sentence.
unit-rank-tinh = Province
unit-rank-thanh-pho = City
unit-rank-quan = Urban district
unit-rank-huyen = District
unit-rank-thi-xa = Town
unit-rank-thi-tran = Township
unit-rank-phuong = Ward
unit-rank-xa = Commune
unit-rank-dac-khu = Special zone
unit-named-tinh = { $name } province
unit-named-thanh-pho = { $name } city
unit-named-quan = { $name } urban district
unit-named-huyen = { $name } district
unit-named-thi-xa = { $name } town
unit-named-thi-tran = { $name } township
unit-named-phuong = { $name } ward
unit-named-xa = { $name } commune
unit-named-dac-khu = { $name } special zone
