# Dates with the month spelled out, so that nobody reads the day for the month.

calendar-date = { $day }{"\u00A0"}{ $month_name } { $year }
calendar-long = { $weekday } { $date }
calendar-long-time = { $weekday } { $date }, { $time }
calendar-running = { $weekday } { $date }
calendar-running-time = { $time } on { $date }
calendar-month = { $month_name }{"\u00A0"}{ $year }

calendar-monday = Monday
calendar-tuesday = Tuesday
calendar-wednesday = Wednesday
calendar-thursday = Thursday
calendar-friday = Friday
calendar-saturday = Saturday
calendar-sunday = Sunday

calendar-january = January
calendar-february = February
calendar-march = March
calendar-april = April
calendar-may = May
calendar-june = June
calendar-july = July
calendar-august = August
calendar-september = September
calendar-october = October
calendar-november = November
calendar-december = December
calendar-brief = { $day }{"\u00A0"}{ $month_name }{"\u00A0"}{ $year }
calendar-brief-time = { $date }, { $time }
