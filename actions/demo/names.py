"""Chinese names of people and companies, as frequent as they are."""

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴"
    "莫孔向汤单解仇翟"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司徒", "尉迟")
GIVEN_OF_MEN = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙建国志文海峰永庆德昌子轩一鸣嘉豪天佑"
GIVEN_OF_WOMEN = "芳娜敏静丽艳娟霞秀兰燕玲桂英萍红玉梅婷雪颖琳倩欣怡佳思雨晓慧雅梦诗涵淑珍美凤梓萱若曦"
TOWNS = ("深圳市", "广州", "北京", "上海", "")
BRANDS = (
    "云启 博远 智汇 恒信 卓越 汇通 鼎盛 远航 德信 新元 "
    "海纳 蓝图 星辰 中科 联创 易达 万象 启明 华瑞 正和 "
    "天工 数联 量子 青禾 同舟 九章 凌云 嘉禾 锐思 安行 "
)
TRADES = "科技 网络 生物 医疗器械 供应链 教育咨询 文化传媒 软件 智能制造 新能源 设计 检测 法律服务 电子商务 材料 "


def person_name(draw: Random) -> str:
    """A surname, common ones more often, and one or two characters."""
    place = min(int(draw.expovariate(1 / 22)), len(SURNAMES) - 1)
    surname = draw.choice(DOUBLE_SURNAMES) if draw.random() < 0.006 else SURNAMES[place]
    given = draw.choice((GIVEN_OF_MEN, GIVEN_OF_WOMEN))
    return surname + "".join(draw.sample(given, 1 if draw.random() < 0.25 else 2))


def company_name(draw: Random) -> str:
    """A company as it is registered."""
    return f"{draw.choice(TOWNS)}{draw.choice(BRANDS.split())}{draw.choice(TRADES.split())}有限公司"
