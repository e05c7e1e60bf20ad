"""Pictures for the demo's photos, drawn on the spot: a dozen simple scenes, blurred and grainy as phones see them."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

SIZE = WIDTH, HEIGHT = 960, 720
Draw = ImageDraw.ImageDraw


def ceiling(draw: Draw) -> None:
    """A white ceiling with a spreading yellow stain, and the lamp beside it."""
    draw.rectangle((0, 0, *SIZE), "#e9e6df")
    draw.polygon([(0, 520), (WIDTH, 440), (WIDTH, HEIGHT), (0, HEIGHT)], "#cfc8bb")
    for radius, shade in ((210, "#d8c9a4"), (160, "#c7b07c"), (110, "#b59a63"), (50, "#a0844f")):
        draw.ellipse((430 - radius * 1.4, 250 - radius, 430 + radius * 1.2, 250 + radius * 0.8), shade)
    draw.ellipse((730, 90, 860, 150), "#fffdf2", outline="#bbb7aa", width=4)


def pipe(draw: Draw) -> None:
    """The trap under a sink, and the puddle."""
    draw.rectangle((0, 0, *SIZE), "#8b7d6e")
    draw.rectangle((80, 0, 880, 90), "#c9ced2")
    draw.line([(480, 80), (480, 330), (600, 400), (600, 300), (830, 300)], "#e8e8e4", 52, joint="curve")
    draw.line([(220, 80), (220, 420), (80, 420)], "#a9b1b8", 26, joint="curve")
    draw.ellipse((250, 520, 780, 690), "#5f6a70")
    draw.ellipse((300, 545, 640, 640), "#7f8b92")


def corridor(draw: Draw) -> None:
    """A dark corridor with one lamp left at its end."""
    draw.rectangle((0, 0, *SIZE), "#20242a")
    draw.polygon([(0, HEIGHT), (390, 430), (570, 430), (WIDTH, HEIGHT)], "#34393f")
    draw.rectangle((390, 260, 570, 430), "#454b50")
    draw.ellipse((455, 262, 505, 290), "#ffe7a0")
    for x in (110, 720):
        draw.rectangle((x, 250, x + 130, 640), "#3a2f29", outline="#191614", width=5)


def lift(draw: Draw) -> None:
    """Lift doors half open, a notice between them."""
    draw.rectangle((0, 0, *SIZE), "#b8aa97")
    draw.rectangle((270, 100, 690, HEIGHT), "#2a2d31")
    draw.rectangle((270, 100, 450, HEIGHT), "#aab2b9", outline="#7c848b", width=5)
    draw.rectangle((560, 100, 690, HEIGHT), "#aab2b9", outline="#7c848b", width=5)
    draw.rectangle((430, 330, 600, 470), "#f3d34a", outline="#333333", width=4)
    draw.rectangle((760, 330, 810, 430), "#595f66")


def parking(draw: Draw) -> None:
    """A car across two spaces of a basement."""
    draw.rectangle((0, 0, *SIZE), "#6d7074")
    draw.rectangle((0, 0, WIDTH, 220), "#9a9a94")
    for x in (90, 400, 710):
        draw.line([(x, 300), (x - 70, HEIGHT)], "#e9e4cf", 12)
    draw.rounded_rectangle((210, 330, 780, 560), 70, "#a33327")
    draw.polygon([(330, 335), (400, 240), (620, 240), (690, 335)], "#33383d")
    for x in (290, 610):
        draw.ellipse((x, 500, x + 110, 610), "#17181a")


def rubbish(draw: Draw) -> None:
    """Bins that are full, and bags beside them."""
    draw.rectangle((0, 0, *SIZE), "#b9b39f")
    draw.rectangle((0, 500, WIDTH, HEIGHT), "#7d7a72")
    for x, colour in ((120, "#2f6d46"), (360, "#2d5d8b")):
        draw.polygon([(x, 240), (x + 210, 240), (x + 185, 590), (x + 25, 590)], colour)
    for x, y, r, colour in ((180, 210, 70, "#3b3b3b"), (430, 200, 80, "#d9d4c4"), (650, 560, 95, "#2c2c2e"),
                            (780, 590, 80, "#c6bfa6"), (560, 620, 60, "#8a4f3a")):  # fmt: skip
        draw.ellipse((x - r, y - r, x + r, y + r * 0.8), colour)


def branch(draw: Draw) -> None:
    """A branch across the path."""
    draw.rectangle((0, 0, *SIZE), "#8fa37b")
    draw.polygon([(300, HEIGHT), (430, 0), (620, 0), (800, HEIGHT)], "#b4afa6")
    draw.line([(90, 560), (430, 420), (860, 300)], "#4d3b2c", 34, joint="curve")
    for x in range(150, 860, 55):
        y = 560 - x * 0.31
        draw.ellipse((x - 60, y - 70, x + 50, y + 30), "#3d5e2f")
        draw.ellipse((x - 20, y - 20, x + 70, y + 60), "#56793f")


def crack(draw: Draw) -> None:
    """A wall with a crack from the corner of the door."""
    draw.rectangle((0, 0, *SIZE), "#dcd7cd")
    draw.rectangle((0, 300, 300, HEIGHT), "#8a6a4c", outline="#5d4631", width=10)
    draw.line([(300, 300), (380, 240), (410, 170), (520, 120), (560, 40), (640, 0)], "#5b544a", 7)
    draw.line([(410, 170), (480, 200), (560, 190)], "#766e62", 4)


def vent(draw: Draw) -> None:
    """The outlet of an air conditioner, dripping."""
    draw.rectangle((0, 0, *SIZE), "#e4e4e0")
    draw.rectangle((180, 120, 780, 360), "#cfd2d2", outline="#9fa4a5", width=6)
    for y in range(150, 350, 34):
        draw.line([(200, y), (760, y)], "#858b8d", 9)
    for x, y in ((260, 400), (420, 450), (560, 410), (690, 520)):
        draw.ellipse((x, y, x + 16, y + 34), "#9db4c0")


def panel(draw: Draw) -> None:
    """A distribution board with one breaker down and a burnt corner."""
    draw.rectangle((0, 0, *SIZE), "#c9c4b8")
    draw.rectangle((200, 80, 760, 650), "#dfe1e0", outline="#808585", width=10)
    for row in (150, 370):
        for x in range(260, 700, 62):
            draw.rectangle((x, row, x + 46, row + 150), "#f7f7f5", outline="#777777", width=3)
            draw.rectangle(
                (x + 14, row + (90 if x == 446 else 40), x + 32, row + 75 + (40 if x == 446 else 0)), "#2b3a67"
            )
    draw.ellipse((560, 480, 760, 640), "#6b5a48")


def gate(draw: Draw) -> None:
    """A card reader at a glass door."""
    draw.rectangle((0, 0, *SIZE), "#93a3a8")
    draw.rectangle((60, 60, 560, HEIGHT), "#b7c9ce", outline="#59666a", width=14)
    draw.rectangle((660, 260, 830, 500), "#22262a", outline="#0f1112", width=6)
    draw.rectangle((685, 290, 805, 400), "#33506b")
    draw.ellipse((730, 425, 764, 459), "#c23b31")


def tidy(draw: Draw) -> None:
    """A dry floor, a closed cabinet: as it should be."""
    draw.rectangle((0, 0, *SIZE), "#ece9e2")
    draw.polygon([(0, 470), (WIDTH, 470), (WIDTH, HEIGHT), (0, HEIGHT)], "#c8b491")
    for x in range(-200, WIDTH + 200, 160):
        draw.line([(480 + (x - 480) * 0.6, 470), (x, HEIGHT)], "#ab9672", 3)
    draw.rectangle((230, 150, 720, 480), "#f6f5f1", outline="#b9b5aa", width=6)
    draw.line([(475, 150), (475, 480)], "#b9b5aa", 5)


SCENES: dict[str, Callable[[Draw], None]] = {
    "ceiling": ceiling, "plumbing": pipe, "corridor": corridor, "lifts": lift, "order": parking, "cleaning": rubbish,
    "greening": branch, "facilities": crack, "cooling": vent, "electrical": panel, "access-control": gate,
    "after": tidy,
}  # fmt: skip


def photograph(scene: str) -> bytes:
    """The scene as a JPEG; one for which there is no drawing is a dark corridor."""
    image = Image.new("RGB", SIZE)
    SCENES.get(scene, corridor)(ImageDraw.Draw(image))
    grain = Image.effect_noise(SIZE, 26).convert("RGB")
    seen = Image.blend(image.filter(ImageFilter.GaussianBlur(2.2)), grain, 0.1)
    written = BytesIO()
    seen.save(written, "JPEG", quality=80)
    return written.getvalue()
