use crate::sheet::Kind;

/// How a cell looks; its number in the workbook is its place here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Text that would be a formula if somebody typed it: it stays text when it is edited, too.
    Quoted,
    Head,
    FigureHead,
    Day,
    Moment,
    Money,
    Percent,
    Count,
    /// An amount as text.
    Exact,
    TotalLabel,
    Total,
    Label,
    Wrapped,
}

/// What there is to a look.
#[derive(Default)]
pub(super) struct Look {
    pub(super) format: Option<&'static str>,
    pub(super) bold: bool,
    pub(super) head: bool,
    pub(super) ruled: bool,
    pub(super) quoted: bool,
    pub(super) end: bool,
    pub(super) wrapped: bool,
}

impl Style {
    pub(super) const ALL: [Self; 14] = [
        Self::Plain,
        Self::Quoted,
        Self::Head,
        Self::FigureHead,
        Self::Day,
        Self::Moment,
        Self::Money,
        Self::Percent,
        Self::Count,
        Self::Exact,
        Self::TotalLabel,
        Self::Total,
        Self::Label,
        Self::Wrapped,
    ];

    /// The look of a column's cells.
    pub(super) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Currency | Kind::Quantity => Self::Plain,
            Kind::Day => Self::Day,
            Kind::Moment => Self::Moment,
            Kind::Money => Self::Money,
            Kind::Percent => Self::Percent,
            Kind::Count => Self::Count,
        }
    }

    pub(super) fn look(self) -> Look {
        let look = Look::default();
        let money = Some("#,##0.00#######");
        match self {
            Self::Plain => look,
            Self::Quoted => Look {
                quoted: true,
                ..look
            },
            Self::Head => Look {
                bold: true,
                head: true,
                ..look
            },
            Self::FigureHead => Look {
                bold: true,
                head: true,
                end: true,
                ..look
            },
            Self::Day => Look {
                format: Some("yyyy-mm-dd"),
                ..look
            },
            Self::Moment => Look {
                format: Some("yyyy-mm-dd hh:mm:ss"),
                ..look
            },
            Self::Money => Look {
                format: money,
                ..look
            },
            Self::Percent => Look {
                format: Some("0.0%"),
                ..look
            },
            Self::Count => Look {
                format: Some("#,##0"),
                ..look
            },
            Self::Exact => Look {
                format: Some("@"),
                end: true,
                ..look
            },
            Self::TotalLabel => Look {
                bold: true,
                ruled: true,
                ..look
            },
            Self::Total => Look {
                bold: true,
                ruled: true,
                format: money,
                ..look
            },
            Self::Label => Look { bold: true, ..look },
            Self::Wrapped => Look {
                wrapped: true,
                ..look
            },
        }
    }
}
