# Bringing content in and out: progress, and what a clerk has to mend.

import-reading = Đang đọc { $count } tệp trong { $kind }/
import-looking = Đang xem { $count } ảnh và tệp đính kèm
import-setting = Đang dàn { $count } bài
import-pictures = Đang làm ảnh: { $done }/{ $count }
import-keeping = Đang ghi: { $done }/{ $count }
import-by-its-day = { $file }: thời hạn theo quy định của ngày niêm yết (kept-postings.csv), không xét theo quy định hôm nay.
import-done = Xong: { $published } bản đăng mới, { $drafted } bản nháp, { $changed } thay đổi, { $unchanged } giữ nguyên, { $pictures } ảnh mới.
import-recalled = Được thay trước khi hiện.
export-done = Đã ghi { $count } tệp vào { $path }.
export-not-empty = Thư mục { $path } không trống. Chọn một thư mục mới để không ghi đè lên tệp nào.

import-empty = Trong { $path } không có gì để nạp: cần site.toml, units.csv, holidays.toml, posting-kinds.toml, unit-groups.toml, articles/ hoặc pages/.
import-no-site = chưa có site.toml nên chưa biết tên và chuyên mục của cổng. Chép một tệp site.toml vào thư mục này.
import-not-markdown = chỉ nhận tệp .md ở đây. Chuyển tệp này đi nơi khác, hoặc lưu lại thành Markdown.
import-too-deep = thư mục này nằm quá sâu nên chưa được đọc. Chuyển các tệp trong đó lên gần hơn.
import-unreadable = không đọc được tệp ({ $reason })
import-too-large = tệp quá lớn ({ $size } MB, nhiều nhất { $most } MB). Tách thành nhiều bài.
import-tangled = từ dòng này bài lồng quá nhiều lớp hoặc quá nhiều mục. Viết đơn giản hơn, hoặc tách thành nhiều bài.
import-not-utf8 = chữ ở dòng này không phải UTF-8. Mở bằng trình soạn thảo và lưu lại với bảng mã UTF-8.
import-bad-edition-name = tên “{ $name }” không đúng: bản sau của một bài là ten-bai@2.md, ten-bai@3.md…
import-slug-twice = đường dẫn “{ $slug }” đã dùng ở { $other }. Đổi tên một trong hai tệp.
import-unknown-section = không có chuyên mục “{ $section }” trong site.toml
import-unknown-unit = không có đơn vị mã “{ $unit }” như ghi ở đây
import-unknown-unit-on-day = vào ngày { $day } không có đơn vị nào mang mã “{ $unit }”. Xem lại mã trong units.csv.
import-unknown-replacement = không có bài “{ $slug }” để thay thế
import-former-taken = địa chỉ cũ “{ $slug }” đang thuộc về một bài khác
import-needs-note = bài này đã hiện với người đọc. Thêm change_note nói rõ đã sửa gì; hoặc trả tệp về như cũ và viết bản sửa ở { $slug }@{ $next }.md
import-no-change-note = bản sau phải có change_note: nói cho người đọc biết đã sửa gì
import-edition-gap = thiếu bản { $next } trước bản { $number }
import-edition-fixed = tệp này là bản { $number } đã đăng nên không sửa được: trả tệp về như cũ. Muốn sửa bài, viết bản mới tên @{ $next } có change_note.
import-draft-of-published = bài đã đăng không trở lại thành nháp được. Muốn gỡ bài, thêm mục [withdrawn] có lý do.
import-withdrawn-stays = bài đã gỡ chỉ trở lại bằng một bản mới có tên rõ ràng: viết @{ $next }, hoặc để nguyên mục [withdrawn]
import-older-words = đây là lời của một bản cũ đã được thay. Muốn trở lại lời cũ, đặt tên tệp là @{ $next } và nói lý do trong change_note.
import-draft-waits = bản nháp @{ $number } đang chờ. Sửa tệp @{ $number }, hoặc đăng nó trước.
import-at-the-desk = bản { $number } đang ở bàn biên tập ({ $state ->
    [submitted] chờ duyệt
    [approved] đã duyệt, chưa đăng
   *[discarded] trong thùng rác
}) nên tệp này không thay được. Làm tiếp ở bàn biên tập, hoặc bỏ tệp này ra.
import-slug-promised = địa chỉ “{ $slug }” đã hứa dẫn tới một bài khác (former). Chọn tên tệp khác.
import-date-fixed = ngày của bài đã hiện với người đọc nên không đổi được. Để bài hết hạn thì dùng until; để gỡ bài thì dùng [withdrawn].
import-note-fixed = change_note của bản đã đăng không đổi được. Viết bản mới nếu cần nói khác.
import-withdrawal-fixed = lý do gỡ bài đã công bố nên không đổi được
import-withdrawn-too-early = bản này đã được bản mới thay từ { $since }: giờ gỡ phải từ lúc đó trở đi. Muốn gỡ cả bài thì thêm [withdrawn] vào bản mới nhất.
import-others-write = Có chương trình khác liên tục ghi vào cơ sở dữ liệu. Đợi chương trình đó xong rồi chạy lại; chưa có gì thay đổi.
import-bad-file-name = tên tệp “{ $name }” không dùng được: phải là đường dẫn trong thư mục này, ví dụ pictures/anh-1.png
import-no-file = không thấy tệp { $name }
import-file-too-large = { $name } quá lớn ({ $size } MB, nhiều nhất { $most } MB)
import-file-changed = { $name } khác với tệp cùng tên đã nạp. Đặt tên mới cho tệp mới, để bản cũ vẫn hiện như đã đăng.
import-file-moved = { $name } thay đổi trong lúc đang nạp. Chạy lại.
import-bad-type = { $name }: loại tệp này không nhận. Các loại được nhận: { $known }.
import-file-not-so = { $name }: nội dung không đúng với đuôi tệp. Mở bằng chương trình của nó rồi lưu lại đúng loại.
import-file-locked = { $name } đặt mật khẩu nên người dân không mở được. Bỏ mật khẩu rồi nạp lại.
import-file-macros = { $name } có macro nên không nhận. Lưu thành tệp không có macro, hoặc PDF.
import-file-carries = { $name } có chứa { $inner }, loại tệp không được nhận.
import-file-crowded = { $name } có quá nhiều tệp bên trong. Chia thành nhiều tệp nén nhỏ hơn.
import-no-picture = { $name } không phải là ảnh PNG, JPEG, WebP hay GIF
import-picture-too-large = { $name } có quá nhiều điểm ảnh (nhiều nhất 12.000 mỗi chiều). Thu nhỏ rồi nạp lại.
import-picture-cut-off = { $name } bị cắt cụt: tệp hết trước khi ảnh hết. Chép lại từ bản gốc.
import-picture-disguised = { $name } là ảnh có kèm thứ khác ở phía sau (trang web, tệp nén hoặc chương trình), có thể là tệp trá hình. Mở ảnh rồi lưu thành tệp mới.
import-picture-damaged = { $name } bị hỏng, không mở được. Lưu lại từ bản gốc.

front-no-fence = thiếu phần đầu bài: tệp phải mở đầu bằng dòng +++ và có dòng +++ thứ hai khép lại
front-bad-toml = không đọc được dòng này ({ $reason })
front-mistyped = “{ $key }” { $wanted ->
    [text] phải là chữ trong ngoặc kép, ví dụ { $key } = "…"
    [texts] phải là danh sách chữ, ví dụ { $key } = ["…"]
    [flag] phải là true hoặc false
    [count] phải là số nguyên không âm
    [counts] phải là danh sách số nguyên không âm, ví dụ { $key } = [1, 2]
    [when] phải là ngày hoặc ngày giờ trong khoảng năm 1900–2999, ví dụ 2026-11-03 hoặc 2026-11-03T08:00:00
    [day] phải là một ngày, ví dụ 2026-11-03
    [tables] phải là các mục [[{ $key }]]
   *[table] phải là một mục [{ $key }]
}
front-null = “{ $key }” chứa ký tự rỗng (U+0000). Xóa ký tự đó.
front-empty = “{ $key }” đang bỏ trống
front-missing = thiếu “{ $key }”
front-unknown-key = không có mục nào tên “{ $key }”. Xem lại chính tả.
front-bad-slug = “{ $slug }” không dùng làm địa chỉ được: chỉ gồm chữ thường không dấu, số và dấu gạch nối
front-own-page = “{ $slug }” là địa chỉ của một trang có sẵn của cổng, không bài nào đặt ở đó được: hãy đổi tên tệp
front-too-long = “{ $key }” dài { $length } chữ, nhiều nhất { $most }
front-until-before-published = “until” phải sau “published”
front-bad-state = “state” chỉ nhận "draft", "published" hoặc "discarded", không nhận “{ $state }”
front-draft-withdrawn = bản nháp chưa đăng nên không gỡ được

article-bad-source = “{ $address }” không phải là địa chỉ trang: phải bắt đầu bằng https:// hoặc http://
article-no-alt = thiếu “alt”: mô tả ảnh cho người không nhìn thấy; ảnh chỉ để trang trí thì ghi decorative = true
article-alt-and-decorative = ảnh đã có “alt” thì không phải chỉ để trang trí: bỏ “decorative”, hoặc bỏ “alt”
article-bad-focus = “{ $focus }” không phải là chỗ cần thấy trong ảnh: ghi hai số phần trăm, từ trái rồi từ trên, ví dụ "30% 60%"
image-undescribed = ảnh “{ $name }” chưa có lời mô tả: viết ![mô tả cho người không nhìn thấy]({ $name }); ảnh chỉ để trang trí thì viết ![]({ $name } "trang trí")
image-described-decoration = ảnh “{ $name }” vừa có lời mô tả vừa ghi “trang trí”: bỏ một trong hai
image-unread = không đọc được ảnh “{ $name }”: tên tệp có dấu cách thì viết trong dấu nhọn, ví dụ ![mô tả](<anh cua toi.png>), hoặc đổi tên tệp

site-bad-address = “{ $address }” không phải là địa chỉ của cổng: chỉ gồm https://tên-miền, không có đường dẫn
site-section-twice = chuyên mục “{ $slug }” có hai lần
site-bad-colour = “{ $colour }” không phải là mã màu dạng #rrggbb
site-weak-colour = “{ $colour }” khó đọc trên nền { $ground }: độ tương phản { $ratio } trong khi cần ít nhất { $least }. Hãy chọn màu đậm hơn cho nền sáng, nhạt hơn cho nền tối
site-section-in-use = chuyên mục “{ $section }” còn bài đang đăng nên không bỏ được. Giữ lại chuyên mục này.
site-unknown-unit = hôm nay không có đơn vị nào mang mã “{ $unit }” trong units.csv. Hãy sửa mã, hoặc bỏ dòng unit.
site-bad-span = “{ $key }” phải là số nguyên từ { $least } đến { $most }
site-unknown-role = không có vai trò nào tên “{ $role }”; các tên đúng: { $roles }
site-no-sections = cần ít nhất một mục [[sections]]

unit-bad-columns = dòng đầu phải là: { $columns }
unit-bad-row = cần { $wanted } cột, dòng này có { $found }
unit-bad-code = mã “{ $code }” phải gồm toàn chữ số
unit-bad-day = ngày phải viết dạng 2025-07-01
unit-ends-before-it-begins = ngày cuối đứng trước ngày đầu
unit-bad-rank = không có loại đơn vị “{ $rank }”
unit-label-twice = nhãn địa chỉ “{ $label }” có hai lần
unit-label-fixed = đơn vị mã { $code } đã có địa chỉ “{ $label }” nên không đổi thành “{ $other }” được: địa chỉ đã đăng phải trả lời mãi mãi
unit-above-itself = đơn vị mã { $code } nằm trên chính nó. Xem lại cột parent_code.
unit-code-borne-twice = mã { $code } thuộc hai đơn vị trong cùng thời gian. Xem lại valid_from và valid_until.
unit-link-twice = thay đổi này của đơn vị mã { $code } đã có ở một dòng trên
unit-twice = mã “{ $code }” có hai dòng cùng ngày bắt đầu
unit-unknown-parent = không có đơn vị cấp trên mã “{ $code }” trong cùng thời gian
unit-bad-extent = “{ $extent }” không đúng: whole hoặc part cần mã mới, abolished thì để trống mã mới

# Inside the HTML of a text.
text-table = Bảng, cuộn ngang để xem hết
text-footnotes = Chú thích
text-footnote-back = Về chỗ có chú thích

# holidays.toml, posting-kinds.toml
rules-too-long = dài quá: tối đa { $most } ký tự
holidays-bad-year = năm { $year } không nằm trong khoảng { $first }–{ $last }
holidays-year-twice = năm { $year } được ghi hai lần
holidays-bad-due = số ngày phải từ 1 đến { $most }
holidays-turned = ngày cuối ({ $to }) đứng trước ngày đầu ({ $from })
holidays-too-long = khoảng nghỉ { $days } ngày là quá dài: tối đa { $most } ngày. Xem lại ngày cuối.
holidays-day-twice = ngày { $day } đã được ghi ở một mục khác
holidays-no-weekend = ngày { $day } không phải là thứ Bảy hay Chủ Nhật nên không phải ngày làm bù
holidays-instead-weekend = ngày { $day } vốn là cuối tuần nên không cần làm bù
kinds-bad-number = số của nhóm phải từ 1 đến 99
kinds-group-twice = nhóm { $number } được ghi hai lần
kinds-too-many = quá nhiều loại: tối đa { $most }
kinds-twice = đã có loại mang địa chỉ “{ $slug }”
kinds-no-group = không có nhóm { $number }
kinds-idle-key = “{ $key }” chỉ dùng cùng với { $other }
kinds-no-loudspeaker = ghi số ngày phát loa thì nơi niêm yết phải có loa truyền thanh
kinds-urgent-endless = loại khẩn phải kết thúc, nên thời hạn không thể là thường xuyên hay đến khi thay thế
kinds-people-on-web = danh sách người không được đưa đầy đủ lên mạng: chọn che tên hoặc chỉ đưa tổng số
kinds-web-wider = trên mạng không được đưa nhiều hơn trên giấy
kinds-bad-days = số ngày phải từ 1 đến { $most }
kinds-unknown-word = không hiểu “{ $named }”; chọn một trong: { $known }
kinds-no-place = chưa có nơi niêm yết nào
import-bad-digest = “{ $digest }” không phải là mã băm SHA-256
