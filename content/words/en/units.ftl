# The way to every unit.

units-title = Communes and wards
units-lead = Choose where you live to see local news.
units-choose = Choose a commune or ward
units-letters = by letter
units-others = Other provinces and cities
units-by-province = Choose the province or city first, then the commune or ward.
units-all = All communes and wards
units-none = There is no list of administrative units yet.
units-former = Former provinces and cities
