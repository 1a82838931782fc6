#!/usr/bin/env python3
"""Writes a content folder of COUNT articles for the measurements: articles.py FOLDER COUNT.

Bodies of three to four kilobytes of Vietnamese prose, as a commune's news has; one in three shows a picture. The same
COUNT gives the same bytes.
"""
import glob, os, random, shutil, sys

folder, count = sys.argv[1], int(sys.argv[2])
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "content")
os.makedirs(f"{folder}/articles")
os.makedirs(f"{folder}/pictures")
for name in ("site.toml", "units.csv", "unit-changes.csv"):
    shutil.copy(f"{source}/{name}", folder)
for path in glob.glob(f"{source}/pictures/*.png"):
    shutil.copy(path, f"{folder}/pictures/")

random.seed(1)
sections = [line.split('"')[1] for line in open(f"{folder}/site.toml", encoding="utf-8") if line.startswith("slug")]
pictures = sorted(os.listdir(f"{folder}/pictures"))
words = "ngân hàng chính sách xã hội hộ nghèo vay vốn thôn Đông Kiều mùa vụ năng suất trạm y tế trường học đường liên xã nước sạch bà con họp tổ tiết kiệm giải ngân thu nợ".split()
for number in range(count):
    paragraphs = "\n\n".join(" ".join(random.choices(words, k=110)).capitalize() + "." for _ in range(6))
    table = "| Xã | Hộ |\n|---|--:|\n| Đông Kiều | %d |\n| Bến Gạo | %d |\n" % (number % 97, number % 89)
    picture = '\n[picture]\nfile = "pictures/%s"\nalt = "Ảnh"\ncaption = "Ảnh minh họa"\n' % pictures[number // 3 % len(pictures)] if number % 3 == 0 else ""
    year, month, day, hour = 2016 + number % 10, 1 + number // 7 % 12, 1 + number % 28, number % 24
    # Today's communes exist since July 2025: older texts go to their province.
    unit = f"9900{1 + number % 4}" if (year, month) >= (2025, 7) else "99"
    with open(f"{folder}/articles/bai-{number:06}.md", "w", encoding="utf-8") as file:
        file.write(
            f'+++\ntitle = "Bài số {number} {" ".join(random.choices(words, k=8))}"\nlead = "{" ".join(random.choices(words, k=30))}"\n'
            f'section = "{sections[number % len(sections)]}"\nunit = "{unit}"\n'
            f"published = {year}-{month:02}-{day:02}T{hour:02}:00:00\nsample = true\n{picture}+++\n\n{paragraphs}\n\n## Số liệu\n\n{table}"
        )
