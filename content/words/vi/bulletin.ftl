# Bản tin ký số của từng đơn vị, và khóa ký.
keys-bad-given = BANGTIN_SIGNING_KEY không phải là khóa Ed25519 (PEM, hoặc 32 byte viết bằng base64).
keys-bad-file = Tệp { $path } không chứa đúng khóa ký mang tên ấy. Hãy chép lại từ bản sao lưu.
keys-open-to-others = Người khác trên máy đọc được khóa ký { $path }. Hãy chạy: chmod 600 { $path }
keys-none = Cổng chưa có khóa ký. Chạy “bangtin serve” một lần để tạo.
keys-lost = Không tìm thấy khóa ký đang dùng trên máy này, nên chưa ký được bản tin. Hãy chép lại thư mục “keys” từ bản sao lưu, hoặc đặt BANGTIN_SIGNING_KEY; nếu đã mất hẳn, chạy “bangtin keys replace” rồi báo khóa mới cho các nơi đang theo dõi.
keys-unknown-given = Khóa trong BANGTIN_SIGNING_KEY ({ $id }) không phải khóa của cổng này. Muốn đổi sang khóa ấy, chạy “bangtin keys rotate --with TỆP” với khóa cũ còn đang đặt.
keys-rotate-given = Khóa đang dùng lấy từ BANGTIN_SIGNING_KEY. Hãy tạo khóa mới vào một tệp rồi chạy “bangtin keys rotate --with TỆP”, sau đó đặt khóa mới vào biến này.
keys-known-already = Khóa { $id } đã có trong danh sách khóa của cổng.
keys-unknown = Không có khóa nào tên “{ $id }”. Chạy “bangtin keys list” để xem tên đúng.
keys-revoke-in-force = Khóa { $id } đang dùng. Hãy chạy “bangtin keys rotate” trước rồi mới thu hồi nó.
keys-revoked-already = Khóa { $id } đã bị thu hồi từ trước.
keys-rotated = Từ nay ký bằng khóa { $id }. Các nơi theo dõi tự nhận ra, nhờ khóa cũ bảo đảm cho khóa mới.
keys-replaced = Từ nay ký bằng khóa { $id }. Không có khóa nào bảo đảm cho nó: hãy báo khóa này tận tay cho các nơi đang theo dõi: { $public }
keys-revoked = Đã thu hồi khóa { $id }. Nơi theo dõi nào biết tin sẽ không nhận gì do khóa ấy ký nữa.
keys-series = Đã mở loạt số mới. Các nơi theo dõi sẽ nhận bản tin của loạt này dù số nhỏ hơn trước.
keys-in-force = đang dùng
keys-until = dùng tới { $at }
keys-is-revoked = đã thu hồi { $at }: { $reason }
keys-not-here = không có khóa riêng trên máy này
keys-needs-reason = Thu hồi khóa phải nói lý do: --reason "…"
verify-changed-key = Khóa ký { $id } không còn như nhật ký đã ghi.
verify-lost-key = Thiếu khóa ký { $id } mà nhật ký có ghi.
bulletins-too-many = Nhiều nhất { $most } đơn vị.
bulletins-twice = Đơn vị { $code } được nêu hai lần.
cli-keys = Xem, đổi hoặc thu hồi khóa ký bản tin
cli-keys-list = In các khóa, khóa đang dùng và khóa đã thu hồi
cli-keys-rotate = Đổi sang khóa mới; khóa cũ bảo đảm cho khóa mới
cli-keys-replace = Tạo khóa mới khi khóa cũ đã mất; nơi theo dõi phải nhận khóa mới tận tay
cli-keys-revoke = Thu hồi một khóa đã lộ
cli-keys-series = Mở loạt số mới, sau khi khôi phục từ bản sao lưu
cli-keys-id = Tên khóa, 16 chữ số
cli-keys-reason = Lý do, được công khai
cli-keys-with = Tệp PEM chứa khóa mới đã tạo ở nơi khác
# Theo dõi cổng khác.
edition-followed = Văn bản này của cổng khác, ở đây chỉ hiện lại nguyên như nơi gửi. Không sửa được; nếu đơn vị không treo, hãy chọn “Không treo” ở mục văn bản gửi về.
follow-stopped-reason = Cổng này thôi theo dõi nơi gửi.
follow-gone-reason = Nơi gửi đã gỡ văn bản này.
follow-changed-note = Nơi gửi đã sửa.
follow-unknown-unit = Hôm nay không có đơn vị nào mang mã “{ $code }” để treo tin theo dõi. Xem lại danh mục đơn vị, hoặc thêm --in MÃ.
follow-where = Hãy nói tin hiện ở bảng của đơn vị nào: thêm --in MÃ (site.toml chưa có “unit”).
follow-bad-address = “{ $address }” không phải địa chỉ của một cổng. Ví dụ đúng: https://tinh.example.vn
follow-bad-key = Khóa sau --key không phải khóa Ed25519 viết bằng base64.
follow-needs-key = Đường http không bảo đảm được khóa. Hãy dùng https, hoặc nhận khóa tận tay rồi thêm --key KHÓA.
follow-refused = Chưa lấy được bản tin của { $portal }: { follow-why }
follow-why = { $why ->
    [no-answer] không có trả lời
    [cut] trả lời bị đứt giữa chừng
    [bad-signature] chữ ký không đúng
    [unknown-key] ký bằng khóa chưa được bảo đảm
    [revoked-key] ký bằng khóa đã bị thu hồi
    [wrong-unit] bản tin của đơn vị khác
    [replayed] bản tin cũ bị phát lại
    [from-the-future] ghi giờ phát ở tương lai; hãy xem lại đồng hồ
    [bad-digest] nội dung không khớp dấu kiểm
   *[other] không hiểu được; nơi ấy không có bản tin này, hoặc một trong hai phần mềm cần cập nhật
}
follow-none = Cổng này chưa theo dõi cổng nào.
follow-none-such = Không theo dõi đơn vị { $unit } của { $portal }. Chạy “bangtin follow --list” để xem.
follow-stopped = Đã thôi theo dõi đơn vị { $unit } của { $portal } và gỡ những gì nhận từ đó.
follow-never = chưa lần nào
follow-pinned = Theo dõi { $portal }. Đã ghim khóa: { $key }
follow-same = Không có gì mới.
follow-taken = Nhận { $came } văn bản mới, { $changed } thay đổi, gỡ { $gone }, bỏ qua { $left } của đơn vị không có trong danh mục.
cli-follow = Theo dõi bản tin của một cổng khác và treo lại ở đây
cli-follow-url = Địa chỉ cổng kia, như https://tinh.example.vn
cli-follow-unit = Mã đơn vị có bản tin cần theo dõi
cli-follow-in = Mã đơn vị ở cổng này có bảng hiện tin ấy; mặc định là đơn vị của cổng
cli-follow-key = Khóa của cổng kia, nhận tận tay
cli-follow-stop = Thôi theo dõi và gỡ những gì đã nhận
cli-follow-list = In những nơi đang theo dõi
posting-source = Nguyên văn từ cổng
posting-source-why = Chữ ký của nơi gửi đã được kiểm; sửa đổi và thu hồi ở đó cũng hiện ở đây.
board-silent = Chưa nghe được gì từ cổng { $name } từ { $at }. Phần nhận từ đó có thể đã cũ.
board-silent-never = Chưa lần nào nghe được từ cổng { $name }.
protocol-about = Cách đọc, kiểm chữ ký và treo lại bản tin của từng đơn vị: cho bảng tin, ứng dụng và cổng khác.
protocol-schemas = Lược đồ JSON
log-act-followed = Bắt đầu theo dõi cổng khác
log-act-unfollowed = Thôi theo dõi cổng khác
log-act-series-begun = Mở loạt số bản tin mới
log-act-key-made = Tạo khóa ký bản tin
log-act-key-retired = Thay khóa ký bản tin
log-act-key-revoked = Thu hồi khóa ký bản tin
log-actor-follow = Theo dõi cổng khác
log-actor-system = Chương trình
