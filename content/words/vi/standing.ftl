# Standing pages and the site map.

standing-updated = Cập nhật ngày
standing-review = Ngày rà soát tiếp theo
standing-units = Tỉnh, thành phố
standing-year = Năm{"\u00A0"}{ $year }
