"""The demo's branches, posts, rotas and people; the same seed gives the same ones."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.members import passwords, services
from app.members.models import Member, Membership
from app.organisation import services as organisation
from app.organisation.models import Branch, Post, Rota, Shift

#: One password for every demo account. The demo is for looking, never for real people.
PASSWORD = "kuangdeng-2026"  # noqa: S105

#: General branch → (branch, kind, share of the members in thousandths).
TREE: dict[str, tuple[tuple[str, str, int], ...]] = {
    "采掘总支": (
        ("综采一队党支部", "production", 100),
        ("综采二队党支部", "production", 92),
        ("综掘一队党支部", "production", 84),
        ("综掘二队党支部", "production", 76),
        ("开拓队党支部", "production", 60),
        ("准备队党支部", "production", 44),
    ),
    "机运总支": (
        ("机电一队党支部", "production", 70),
        ("机电二队党支部", "production", 58),
        ("运输一队党支部", "production", 66),
        ("运输二队党支部", "production", 48),
        ("提升队党支部", "auxiliary", 34),
        ("安装队党支部", "auxiliary", 30),
    ),
    "一通三防总支": (
        ("通风队党支部", "auxiliary", 50),
        ("抽采队党支部", "auxiliary", 36),
        ("防突队党支部", "auxiliary", 22),
        ("监测监控队党支部", "auxiliary", 18),
    ),
    "地面总支": (
        ("选煤厂党支部", "auxiliary", 40),
        ("供应站党支部", "auxiliary", 14),
        ("后勤服务中心党支部", "auxiliary", 16),
        ("矿山救护队党支部", "auxiliary", 12),
    ),
    "机关总支": (
        ("生产技术科党支部", "office", 9),
        ("安全监察科党支部", "office", 8),
        ("调度室党支部", "office", 6),
        ("党群工作部党支部", "office", 5),
        ("财务经营科党支部", "office", 5),
        ("离退休党支部", "retired", 7),
    ),
}

#: No branch is smaller or larger than these, whatever the number of members.
SMALLEST, LARGEST = 6, 120

POSTS = (
    "采煤机司机", "掘进机司机", "支架工", "输送机司机", "电工", "钳工", "绞车司机", "电机车司机",
    "瓦斯检查员", "测风员", "爆破员", "安全检查员", "班组长", "区队长", "技术员", "调度员",
    "选煤工", "救护队员", "政工员", "会计",
)  # fmt: skip

SHIFTS = (
    Shift(code="early", name="早班", starts_at=time(8), ends_at=time(16)),
    Shift(code="middle", name="中班", starts_at=time(16), ends_at=time(0)),
    Shift(code="night", name="夜班", starts_at=time(0), ends_at=time(8)),
)

#: Two early, two middle, two night, two off; four crews start two days apart.
CYCLE = ["early", "early", "middle", "middle", "night", "night", None, None]
WEEKDAYS = ["early", "early", "early", "early", "early", None, None]
CREWS = ("甲班", "乙班", "丙班", "丁班")

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟刚勇毅俊峰强军平保东文辉力明永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安"
    "岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆磊民友裕河哲江超浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启"
    "克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘秀娟英华慧巧美娜静淑惠珠翠雅芝玉萍红娥玲芬芳燕彩春菊兰凤洁"
    "梅琳素云莲真环雪荣爱妹霞香月莺媛艳瑞凡佳嘉琼勤珍贞莉桂娣"
)


@dataclass
class Place:
    """A branch of the demo with its people."""

    branch: Branch
    members: list[Member]


def add_places(session: Session, draw: random.Random, size: int, *, at: datetime) -> list[Place]:
    """Add the tree, posts, shifts, rotas and *size* members; return the competing branches."""
    branches = add_tree(session)
    posts = add_posts(session)
    rotas = add_rotas(session)
    password = passwords.hashed(PASSWORD)
    places, number = [], 0
    for branch, count in zip(branches, sizes(size), strict=True):
        people = []
        for _ in range(count):
            number += 1
            post, rota = draw.choice(posts), draw.choice(rotas[:-1])
            if branch.kind in ("office", "retired"):
                rota = rotas[-1]
            person = Member(
                no=f"{20000 + number}",
                name=name(draw),
                password_hash=password,
                branch_id=branch.id,
                post_id=post.id,
                rota_id=rota.id,
                created_at=at,
            )
            people.append(person)
        session.add_all(people)
        session.flush()
        places.append(Place(branch, people))
    _remember_branches(session, places, at)
    return places


def sizes(size: int) -> list[int]:
    """Return how many of *size* members each branch has, between SMALLEST and LARGEST."""
    shares = [share for branches in TREE.values() for _, _, share in branches]
    whole = sum(shares)
    counts = [min(LARGEST, max(SMALLEST, size * share // whole)) for share in shares]
    order = sorted(range(len(counts)), key=lambda i: -shares[i])
    step = 0
    while sum(counts) != size and step < 100 * size:
        i = order[step % len(order)]
        more = sum(counts) < size
        if more and (counts[i] < LARGEST or size > LARGEST * len(counts)):
            counts[i] += 1
        elif not more and (counts[i] > SMALLEST or (size < SMALLEST * len(counts) and counts[i])):
            counts[i] -= 1
        step += 1
    return counts


def name(draw: random.Random) -> str:
    """Return a made-up name."""
    return draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2, 2))))


def add_tree(session: Session) -> list[Branch]:
    """Add the committee, its general branches and 26 branches; return the branches."""
    root = organisation.add_branch(
        session, "MD", "明灯煤矿党委", parent=None, level="committee", kind="office"
    )
    branches: list[Branch] = []
    for number, (title, below) in enumerate(TREE.items(), 1):
        general = organisation.add_branch(
            session, f"Z{number}", title, parent=root, level="general_branch"
        )
        for called, kind, _ in below:
            code = f"B{len(branches) + 1:02}"
            branches.append(
                organisation.add_branch(session, code, called, parent=general, kind=kind)
            )
    return branches


def add_posts(session: Session) -> list[Post]:
    """Add the posts."""
    posts = [Post(code=f"P{n:02}", name=title) for n, title in enumerate(POSTS, 1)]
    session.add_all(posts)
    session.flush()
    return posts


def add_rotas(session: Session) -> list[Rota]:
    """Add the shifts and the rotas of four crews and of the office, the office's last."""
    for shift in SHIFTS:
        session.merge(shift)
    rotas = [
        Rota(code=f"R{n}", name=crew, anchor=date(2026, 1, 1 + 2 * n), cycle=CYCLE)
        for n, crew in enumerate(CREWS)
    ]
    # 5 January 2026 is a Monday.
    rotas.append(Rota(code="RD", name="常白班", anchor=date(2026, 1, 5), cycle=WEEKDAYS))
    session.add_all(rotas)
    session.flush()
    return rotas


def _remember_branches(session: Session, places: list[Place], at: datetime) -> None:
    rows = [
        {"member_id": m.id, "branch_id": p.branch.id, "since": at}
        for p in places
        for m in p.members
    ]
    session.execute(insert(Membership), rows)


def give_roles(
    session: Session, places: list[Place], root: Branch, *, at: datetime
) -> dict[str, Member]:
    """Give each branch a secretary, and the organisation one of each other role.

    Returns the account of every role, two members among them (``member``, ``member2``).
    """
    for place in places:
        services.grant(session, place.members[0], "secretary", place.branch, by=None, at=at)
    office = next(p for p in places if p.branch.name.startswith("党群"))
    holders = {
        "organiser": office.members[1],
        "author": office.members[2],
        "judge": office.members[3],
        "auditor": office.members[4],
    }
    for role, holder in holders.items():
        services.grant(session, holder, role, root, by=None, at=at)
    return {
        "member": places[0].members[1],
        "member2": places[6].members[1],
        "secretary": places[0].members[0],
        **holders,
    }
