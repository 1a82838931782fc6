"""Makes the sheet that the tests send, as a clerk would: then `soffice --headless --convert-to xlsx|xls|ods|csv` makes real files of it."""

import openpyxl
wb=openpyxl.Workbook(); ws=wb.active; ws.title="Biểu 01"
ws["A1"]="NGÂN HÀNG CHÍNH SÁCH XÃ HỘI TỈNH HƯƠNG LÚA (MẪU)"; ws.merge_cells("A1:F1")
ws["A2"]="KẾT QUẢ CHO VAY THEO XÃ ĐẾN NGÀY 30/9/2026"; ws.merge_cells("A2:F2")
ws["F3"]="ĐVT: triệu đồng"
ws["A4"]="STT"; ws.merge_cells("A4:A5"); ws["B4"]="Đơn vị"; ws.merge_cells("B4:B5")
ws["C4"]="Trong kỳ"; ws.merge_cells("C4:D4"); ws["C5"]="Doanh số cho vay"; ws["D5"]="Doanh số thu nợ"
ws["E4"]="Tổng dư nợ"; ws.merge_cells("E4:E5"); ws["F4"]="Số khách hàng"; ws.merge_cells("F4:F5")
for i,v in enumerate(["A","B","1","2","3","4"]): ws.cell(6,i+1,v)
rows=[(1,"Xã Đông Kiều",11980,"9.640","128.400",2980),(2,"Xã Bến Gạo",10420,"8.515 trđ","117.350",2745),("","Cộng khu vực I",22400,18155,245750,5725),(3,"Phường Cầu Mây",9140,"7.320","96.250",2260),(4,"Xã Ea H'Mai",7400,"5.800","78.000",1815),("","TỔNG CỘNG",38940,31275,420000,9800)]
for r,row in enumerate(rows,7):
    for c,v in enumerate(row,1): ws.cell(r,c,v)
ws["A14"]="Ghi chú: số liệu mẫu."; ws["E15"]="Hương Lúa, ngày 09 tháng 10 năm 2026"
wb.create_sheet("Ghi chép")["A1"]="nháp"
wb.save("theo-xa-goc.xlsx")
