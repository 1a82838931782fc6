# Dates as the press writes them: Thứ Năm, 17/06/2021, 10:18. `$written` is dd/mm/yyyy.

calendar-date = { $written }
calendar-long = { $weekday }, { $date }
calendar-long-time = { $weekday }, { $date }, { $time }
calendar-month = Tháng { $month } năm { $year }

calendar-monday = Thứ Hai
calendar-tuesday = Thứ Ba
calendar-wednesday = Thứ Tư
calendar-thursday = Thứ Năm
calendar-friday = Thứ Sáu
calendar-saturday = Thứ Bảy
calendar-sunday = Chủ Nhật

calendar-january = tháng 1
calendar-february = tháng 2
calendar-march = tháng 3
calendar-april = tháng 4
calendar-may = tháng 5
calendar-june = tháng 6
calendar-july = tháng 7
calendar-august = tháng 8
calendar-september = tháng 9
calendar-october = tháng 10
calendar-november = tháng 11
calendar-december = tháng 12
