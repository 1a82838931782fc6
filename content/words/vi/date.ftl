# Dates as the press writes them: Thứ Năm, 17/06/2021, 10:18. `$written` is dd/mm/yyyy.

calendar-date = { $written }
calendar-long = { $weekday }, { $date }
calendar-long-time = { $weekday }, { $date }, { $time }
calendar-running = { $weekday } { $date }
calendar-running-time = { $time } { $date }
calendar-month = Tháng{"\u00A0"}{ $month } năm{"\u00A0"}{ $year }

calendar-monday = Thứ Hai
calendar-tuesday = Thứ Ba
calendar-wednesday = Thứ Tư
calendar-thursday = Thứ Năm
calendar-friday = Thứ Sáu
calendar-saturday = Thứ Bảy
calendar-sunday = Chủ Nhật

calendar-january = tháng{"\u00A0"}1
calendar-february = tháng{"\u00A0"}2
calendar-march = tháng{"\u00A0"}3
calendar-april = tháng{"\u00A0"}4
calendar-may = tháng{"\u00A0"}5
calendar-june = tháng{"\u00A0"}6
calendar-july = tháng{"\u00A0"}7
calendar-august = tháng{"\u00A0"}8
calendar-september = tháng{"\u00A0"}9
calendar-october = tháng{"\u00A0"}10
calendar-november = tháng{"\u00A0"}11
calendar-december = tháng{"\u00A0"}12
calendar-brief = { $written }
calendar-brief-time = { $date } { $time }
