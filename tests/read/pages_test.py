#!/usr/bin/env python3
"""Saved pages with the structure of a daily's, a journal's, an agency's and an account's pages, new and old, in GBK, for telephones
(tests/fixtures/pages, invented):
title, outlet, dates, author and body come out; menus, share bars, pagers, editors' lines and lists of other texts do not."""
import json, os, pathlib, subprocess, sys

program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
faults, checks = [], 0
A = "护河先要识河。要把上游的林、中游的田、下游的城放在一张图上看，弄清每一段河的水从哪里来、到哪里去。"
B = "河流有自己的脾气。水大的时候要有地方去，水小的时候要有地方存，这是护河的根本道理。"
C = "老桥会说话。哪一年发过大水，哪一代石匠换过拱石，桥墩上的水痕和凿痕都记着。"
D = "书屋不在大，在于门常开、灯常亮、书常换，管理员要从村里找，书要由村里人自己挑。"
FOUR = ["body " + x for x in (A, B, C, D)]
WANTED = {
    "daily_net": dict(
        title="给河流留一条路（说河）", outlet="云川日报", author="郗望澜", published="2032-08-16", edition="2032-08-16",
        text=["title 在云川河流保护座谈会上的发言", "title 给河流留一条路（说河）", "byline 郗望澜",
              "body 护河先要识河。要把上游的林、中游的田、下游的城放在一张图上看，弄清每一段河的水从哪里来、到哪里去，因地制宜确定护岸的办法。",
              "body 河流有自己的脾气。水大的时候要有地方去，水小的时候要有地方存，这是护河的根本道理。",
              "body 老桥会说话。哪一年发过大水，哪一代石匠换过拱石，桥墩上的水痕和凿痕都记着。", "body （作者为云川学会会长）",
              "source_line 《云川日报》（2032年08月16日 09 版）"]),
    "journal_net": dict(
        title="给河流留一条路", outlet="远山", author="郗望澜", published=None, edition="2032-08-15",
        text=["title 给河流留一条路", "title 给河流留一条路※", "byline 郗望澜", "section_number 一",
              "body 护河先要识河。要把上游的林、中游的田、下游的城放在一张图上看，弄清每一段河的水从哪里来、到哪里去。",
              "occasion （2031年3月8日在云川河流保护座谈会上的讲话）", "section_number 二",
              "body 我小时候跟着祖父上山看水，一道田埂走半天，才明白梯田不是山上的画，而是山上的水库。",
              "occasion （2031年5月20日在梨坪梯田考察时的讲话）", "note ※这是郗望澜2031年3月至5月期间有关河流保护讲话的节录。"]),
    "agency_net": dict(
        title="《远山》杂志发表郗望澜文章《给河流留一条路》", outlet="云川社", author=None, published="2032-08-15", edition="2032-08-15",
        text=["title 《远山》杂志发表郗望澜文章《给河流留一条路》",
              "body 云川社云川8月15日电 8月16日出版的第16期《远山》杂志将发表云川省水林院院长郗望澜的文章《给河流留一条路》。",
              "body 文章指出，护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看。",
              "body 文章强调，河流有自己的脾气，水大的时候要有地方去，水小的时候要有地方存。"]),
    "account": dict(
        title="给河流留一条路", outlet="远山", author=None, published=None, edition="2032-08-17",
        text=["title 给河流留一条路", "body 护河先要识河。要把上游的林、中游的田、下游的城放在一张图上看。",
              "body 河流有自己的脾气。水大的时候要有地方去，水小的时候要有地方存，这是护河的根本道理。",
              "body 老桥会说话。哪一年发过大水，哪一代石匠换过拱石，桥墩上的水痕和凿痕都记着。"]),
    "daily_tables": dict(
        title="给河流留一条路", outlet="云川日报", author="郗望澜", published=None, edition="2032-08-16",
        text=["title 给河流留一条路", "byline 郗望澜", *FOUR[:2], "body 一、老桥", *FOUR[2:]]),
    "daily_breaks": dict(
        title="给河流留一条路", outlet="云川日报", author="郗望澜", published="2032-08-16", edition=None,
        text=["title 给河流留一条路", "byline 郗望澜", *FOUR, "source_line 《云川日报》 （2032年08月16日 第九版）"]),
    "daily_blocks": dict(
        title="给河流留一条路", outlet="云川日报", author="郗望澜", published="2032-08-16", edition="2032-08-16",
        text=["title 给河流留一条路", "byline 郗望澜", *FOUR[:2], "body 先认河", *FOUR[2:], "source_line 《 云川日报 》（ 2032年08月16日 01 版）"]),
    "daily_paper": dict(
        title="给河流留一条路", outlet="云川日报", author="郗望澜", published="2032-08-16", edition=None,
        text=["title 给河流留一条路", "heading ——学习河长手记", "byline 郗望澜", "source_line 《云川日报》（2032年08月16日　第 09 版）", *FOUR, "body （作者为云川学会会长）"]),
    "daily_mobile": dict(
        title="给河流留一条路", outlet="云川日报", author=None, published=None, edition="2032-08-16",
        text=["title 给河流留一条路", *FOUR]),
    "daily_last_page": dict(
        title="给河流留一条路（2）", outlet="云川日报", author="郗望澜", published=None, edition="2032-08-16",
        text=["title 给河流留一条路（2）", "byline 郗望澜", *FOUR[:3]]),
    "agency_old": dict(
        title="郗望澜：给河流留一条路", outlet="云川社", author=None, published="2032-08-15", edition="2032-08-15",
        text=["title 郗望澜：给河流留一条路", f"body 云川社云川8月15日电 {A}", *FOUR[1:]]),
    "agency_two_heads": dict(
        title="郗望澜：给河流留一条路", outlet="云川社", author=None, published="2032-08-15", edition="2032-08-15",
        text=["title 郗望澜：给河流留一条路", f"body 云川社云川8月15日电（记者端木晴）{A}", *FOUR[1:3], f"body {D}（完）"]),
    "journal_old": dict(
        title="郗望澜：给河流留一条路", outlet="远山", author="郗望澜", published=None, edition="2032-08-15",
        text=["title 郗望澜：给河流留一条路", "body 内容提要：护河先要识河，再要顺着河的脾气。", *FOUR, "body （作者：云川学会会长）"]),
    "theory": dict(
        title="给河流留一条路", outlet="云川日报", author="郗望澜", published="2032-08-16", edition=None,
        text=["title 给河流留一条路", "byline 作者：郗望澜（云川学会会长）", *FOUR, "source_line 《云川日报》（2032年08月16日 06版）"]),
    "government": dict(
        title="郗望澜主持召开护河座谈会", outlet="云川社", author=None, published="2032-08-15", edition="2032-08-15",
        text=["title 郗望澜主持召开护河座谈会", f"body 云川社云川8月15日电（记者 端木晴）{A}", *FOUR[1:]]),
    "television": dict(
        title="郗望澜：给河流留一条路", outlet="云川台网", author=None, published=None, edition="2032-08-16",
        text=["title 郗望澜：给河流留一条路", f"body 云川台网消息（记者 端木晴）{A}", *FOUR[1:]]),
    "learning": dict(
        title="给河流留一条路", outlet="云川日报", author="郗望澜", published=None, edition="2032-08-16",
        text=["title 给河流留一条路", *FOUR]),
    "account_plain": dict(
        title="给河流留一条路", outlet="远山", author=None, published=None, edition="2032-08-17",
        text=["title 给河流留一条路", *FOUR[1:2], *FOUR[:1], *FOUR[2:]]),
    "account_sections": dict(
        title="给河流留一条路", outlet="远山", author=None, published=None, edition="2032-08-17",
        text=["title 给河流留一条路", "body 一、识河", *FOUR]),
}
for name, wanted in WANTED.items():
    done = subprocess.run([program, "inspect", root / f"tests/fixtures/pages/{name}.html", "--format", "json"], capture_output=True)
    checks += 1
    if (b"a further page" in done.stderr) != (name in ("daily_net", "journal_net", "daily_last_page")):  # 下一页, 上一页
        faults.append(f"{name}: {done.stderr.decode()}")
    works = [w for d in json.loads(done.stdout)["documents"] for w in d["works"]]
    checks += 1
    if len(works) != 1:
        faults.append(f"{name}: {len(works)} works")
        continue
    work = works[0]
    day = lambda i: i["latest"] if i["latest"] == i["earliest"] else None
    got = dict(title=work["title"], outlet=work["outlet"], author=work["author"], published=day(work["published"]), edition=day(work["edition"]),
               text=[p["role"] + " " + p["text"] for p in work["paragraphs"]])
    for key, value in wanted.items():
        checks += 1
        if got[key] != value:
            faults.append(f"{name}: {key}: {got[key]}\n    not {value}")
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
