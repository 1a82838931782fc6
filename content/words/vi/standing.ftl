# Standing pages and the site map.

standing-updated = Cập nhật ngày
standing-review = Sẽ xem lại ngày
standing-units = Tỉnh, thành phố
standing-year = Năm { $year }
