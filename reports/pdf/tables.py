"""Tables: aligned columns, a header that repeats with (续), rows that are never split."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from reports.pdf.prose import Prose
from reports.pdf.shaping import Run
from reports.pdf.styles import BAR_EDGE, HAIR, HEIGHT, NAVY, PAPER, RULE, Style, Styles

PAD_X, PAD_Y = 4.0, 3.6
SHORT = HEIGHT / 4
MOST_LINES = 40  # a taller cell goes on in a further row, so that nothing can fail to fit


@dataclass(frozen=True)
class Drawing:
    """A cell drawn by ``draw(canvas, x, y, width, height)``; ``y`` is its lower edge."""

    draw: Callable[[Canvas, float, float, float, float], None]
    height: float = 12.0


Cell = str | Sequence[Run] | Prose | Drawing | list[Prose]


@dataclass(frozen=True)
class Column:
    title: str | Drawing
    width: float  # a share; all shares are scaled to the table's width
    align: str = "left"


@dataclass
class Row:
    """``group`` heads the rows after it, ``total`` closes the table."""

    cells: list[Cell]
    kind: str = "row"
    bold: bool = False


@dataclass
class _Laid:
    row: Row
    cells: list[Drawing | list[Prose]]
    height: float


class Grid(Flowable):
    """A table with an optional numbered caption and key above and a note below."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        styles: Styles,
        language: str,
        caption: str = "",
        note: str = "",
        style: Style | None = None,
        continued: bool = False,
        key: Flowable | None = None,
    ) -> None:
        super().__init__()
        self.columns, self.rows = list(columns), list(rows)
        self.styles, self.language = styles, language
        self.caption, self.note, self.continued = caption, note, continued
        self.style = style or styles.cell
        self.key = key  # the signs of a chart, under the caption of every part
        self.laid: list[_Laid] = []
        self.width = 0.0

    def getSpaceBefore(self) -> float:
        return self.styles.caption.before

    def getSpaceAfter(self) -> float:
        return 10.0

    # --- layout -------------------------------------------------------------------------------
    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        if self.width != aw:
            self.width = aw
            total = sum(column.width for column in self.columns)
            self.widths = [column.width / total * aw for column in self.columns]
            self.head = self._lay(Row([column.title for column in self.columns], "head"))
            self.laid = [laid for row in self.rows for laid in self._lay_all(row)]
            self._lay_texts()
        self.height = self._top() + sum(laid.height for laid in self.laid) + self._foot()
        return aw, self.height

    def _lay_texts(self) -> None:
        caption = self.caption
        if caption and self.continued:
            caption += pgettext("pdf", " (continued)")
        self.title = Prose(caption, self.styles.caption, self.language) if caption else None
        self.remark = Prose(self.note, self.styles.note, self.language) if self.note else None
        for text in (self.title, self.remark):
            if text:
                text.wrap(self.width, 0)
        if self.key:
            self.key.wrap(self.width, 0)

    def _top(self) -> float:
        title = self.title.height + 3 if self.title else 0.0
        return title + (self.key.height + 2 if self.key else 0.0) + self.head.height

    def _foot(self) -> float:
        return self.remark.height + 4 if self.remark else 0.0

    def _lay_all(self, row: Row) -> list[_Laid]:
        laid = self._lay(row)
        if laid.height <= MOST_LINES * self.style.leading:
            return [laid]
        return self._chop(laid)

    def _chop(self, laid: _Laid) -> list[_Laid]:
        """A row taller than a page could hold, as several."""
        lines = [
            [prose.part(at, at + 1) for prose in cell for at in range(len(prose.lines))]
            if isinstance(cell, list)
            else []
            for cell in laid.cells
        ]
        parts: list[_Laid] = []
        for first in range(0, max(len(cell) for cell in lines), MOST_LINES):
            cells: list[list[Prose]] = [cell[first : first + MOST_LINES] for cell in lines]
            for index, cell in enumerate(cells):
                for prose in cell:
                    prose.wrap(self.widths[index] - 2 * PAD_X, 0)
            parts.append(_Laid(laid.row, [*cells], self._height(cells)))
        return parts

    def _lay(self, row: Row) -> _Laid:
        spans = row.kind == "group"
        cells: list[Drawing | list[Prose]] = []
        for index, cell in enumerate(row.cells):
            room = self.widths[index] - 2 * PAD_X
            if spans and index == 0:
                room = sum(self.widths[: len(self.widths) - len(row.cells) + 1]) - 2 * PAD_X
            elif spans:
                room = self.widths[index - len(row.cells)] - 2 * PAD_X
            cells.append(self._cell(cell, row, index, room))
        return _Laid(row, cells, self._height(cells))

    def _cell(self, cell: Cell, row: Row, index: int, room: float) -> Drawing | list[Prose]:
        if isinstance(cell, Drawing):
            return cell
        if isinstance(cell, Prose):
            cell = [cell]
        if not (isinstance(cell, list) and cell and isinstance(cell[0], Prose)):
            cell = [Prose(cell, self._style(row, index), self.language)]
        for prose in cell:
            prose.wrap(room, 0)
        return cell

    def _style(self, row: Row, index: int) -> Style:
        column = self.columns[index if row.kind != "group" else index - len(row.cells)]
        align = "left" if row.kind == "group" and index == 0 else column.align
        strong = row.bold or row.kind in ("head", "group", "total")
        return self.style.but(
            bold=strong, align=align, colour=NAVY if row.kind == "head" else self.style.colour
        )

    def _height(self, cells: Sequence[Drawing | list[Prose]]) -> float:
        return 2 * PAD_Y + max(
            cell.height if isinstance(cell, Drawing) else sum(prose.height for prose in cell)
            for cell in cells
        )

    # --- paging -------------------------------------------------------------------------------
    def split(self, aw: float, ah: float) -> list[Flowable]:
        self.wrap(aw, ah)
        if self.height < SHORT and not self.continued:
            return []  # a short table looks better whole on the next page
        room, count = ah - self._top(), 0
        for laid in self.laid:
            room -= laid.height
            if room < 0:
                break
            count += 1
        good = self._good_cut(count)
        if good <= 0 and ah < HEIGHT - 1:
            return []  # the next page has more room
        count = good if good > 0 else max(1, min(count, len(self.laid) - 1))
        return [self._part(0, count), self._part(count, len(self.laid))]

    def _good_cut(self, count: int) -> int:
        """Never leave a group's heading behind, nor send the total on alone."""
        count = min(count, len(self.laid) - 2)
        while count > 0 and self.laid[count - 1].row.kind == "group":
            count -= 1
        return count

    def _part(self, first: int, last: int) -> Grid:
        is_last = last == len(self.laid)
        twin = Grid(
            self.columns,
            [],
            self.styles,
            self.language,
            self.caption,
            self.note if is_last else "",
            self.style,
            self.continued or first > 0,
            self.key,
        )
        twin.width, twin.widths, twin.head = self.width, self.widths, self.head
        twin.laid = self.laid[first:last]
        twin._lay_texts()
        return twin

    def least(self, aw: float) -> float:
        """Height below which no part of the table can stand on a page."""
        self.wrap(aw, HEIGHT)
        return min(self._top() + sum(laid.height for laid in self.laid[:3]), self.height)

    # --- drawing ------------------------------------------------------------------------------
    def draw(self) -> None:
        canvas, y = self.canv, self.height
        if self.title:
            self.title.draw_at(canvas, 0, y)
            y -= self.title.height + 3
        if self.key:
            self.key.drawOn(canvas, 0, y - self.key.height)
            y -= self.key.height + 2
        self._draw_row(self.head, y)
        y -= self.head.height
        canvas.setStrokeColor(NAVY)
        canvas.setLineWidth(0.9)
        canvas.line(0, y, self.width, y)
        canvas.line(0, y + self.head.height, self.width, y + self.head.height)
        for laid in self.laid:
            self._draw_row(laid, y)
            y -= laid.height
            self._rule(y, laid is self.laid[-1])
        if self.remark:
            self.remark.draw_at(canvas, 0, y - 4)

    def _rule(self, y: float, last: bool) -> None:
        self.canv.setStrokeColor(BAR_EDGE if last else HAIR)
        self.canv.setLineWidth(0.6 if last else 0.4)
        self.canv.line(0, y, self.width, y)

    def _draw_row(self, laid: _Laid, top: float) -> None:
        kind, bottom = laid.row.kind, top - laid.height
        if kind in ("group", "total", "head"):
            self.canv.setFillColor(PAPER)
            self.canv.rect(0, bottom, self.width, laid.height, stroke=0, fill=1)
        if kind == "total":
            self.canv.setStrokeColor(RULE)
            self.canv.setLineWidth(0.6)
            self.canv.line(0, top, self.width, top)
        for x, width, cell in self._places(laid):
            if isinstance(cell, Drawing):
                cell.draw(self.canv, x, bottom, width, laid.height)
            else:
                y = top - PAD_Y
                for prose in cell:
                    prose.draw_at(self.canv, x + PAD_X + prose.indent, y)
                    y -= prose.height

    def _places(self, laid: _Laid) -> Iterator[tuple[float, float, Drawing | list[Prose]]]:
        if laid.row.kind == "group":
            own = len(laid.cells)
            edges = [0.0, *(sum(self.widths[: at - own]) for at in range(1, own))]
            widths = [self.width, *self.widths[len(self.widths) - own + 1 :]]
        else:
            edges = [sum(self.widths[:at]) for at in range(len(self.widths))]
            widths = self.widths
        yield from zip(edges, widths, laid.cells, strict=True)
