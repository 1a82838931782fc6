# A unit's page: its place in the tree, what it was and what it became.

unit-former = This administrative unit has ceased to operate.
unit-below = To see where a place belongs today, choose its old name in the list below.
unit-ancestors = Part of
unit-code = Unit code
unit-span-label = In operation
unit-span-from = Since { $from }
unit-span-until = Until { $until }
unit-span = { $from } to { $until }
unit-history = Before and now
unit-before = Before
unit-after = Afterwards
unit-until-date = Before { $date }
unit-from-date = Since { $date }
unit-now = Now
unit-this = The unit you are looking at
unit-this-former = Before the reorganisation
unit-made-from = This area used to belong to:
unit-became = This area now belongs to:
unit-extent-whole = the whole of it
unit-extent-part = part of it
unit-takes-whole = took over the whole area
unit-takes-part = took over part of the area
unit-children = Communes and wards
unit-choose-former = Choose the former name
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
unit-ended = (until { $until })
unit-others = Other units
unit-former-below = Former units
unit-no-news = There is no news of this unit here.
unit-news-now = News of this area is now with:
unit-count-tinh = { $count ->
    [one] { $count }{"\u00A0"}province
   *[other] { $count }{"\u00A0"}provinces
}
unit-count-thanh-pho = { $count ->
    [one] { $count }{"\u00A0"}city
   *[other] { $count }{"\u00A0"}cities
}
unit-count-quan = { $count ->
    [one] { $count }{"\u00A0"}urban district
   *[other] { $count }{"\u00A0"}urban districts
}
unit-count-huyen = { $count ->
    [one] { $count }{"\u00A0"}district
   *[other] { $count }{"\u00A0"}districts
}
unit-count-thi-xa = { $count ->
    [one] { $count }{"\u00A0"}town
   *[other] { $count }{"\u00A0"}towns
}
unit-count-thi-tran = { $count ->
    [one] { $count }{"\u00A0"}township
   *[other] { $count }{"\u00A0"}townships
}
unit-count-phuong = { $count ->
    [one] { $count }{"\u00A0"}ward
   *[other] { $count }{"\u00A0"}wards
}
unit-count-xa = { $count ->
    [one] { $count }{"\u00A0"}commune
   *[other] { $count }{"\u00A0"}communes
}
unit-count-dac-khu = { $count ->
    [one] { $count }{"\u00A0"}special zone
   *[other] { $count }{"\u00A0"}special zones
}
