//! The parts of a workbook besides its sheets (ECMA-376 part 1, SpreadsheetML).

use std::fmt::Write;

use jiff::Timestamp;

use super::Style;
use super::xml::put_text;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct SheetPart {
    pub(super) name: String,
    /// Which cells are filtered, such as `$A$1:$F$20`.
    pub(super) filtered: Option<String>,
}

/// What the package holds.
pub(super) fn relations() -> String {
    format!(
        "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         </Relationships>"
    )
}

/// Its title and when it was made.
pub(super) fn properties(title: &str, made_at: Timestamp) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>Tallyport</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made_at:.0}</dcterms:created>\
         </cp:coreProperties>",
        escaped(title)
    )
}

/// How cells look, in the order of [`Style`].
pub(super) fn styles() -> String {
    let mut formats = String::new();
    let mut looks = String::new();
    for (at, style) in Style::ALL.iter().enumerate() {
        let look = style.look();
        let format = match look.format {
            None => 0,
            Some(format) => {
                // The numbers below 164 are the format's own.
                let _ = write!(
                    formats,
                    "<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>",
                    164 + at,
                    escaped(format)
                );
                164 + at
            }
        };
        let _ = write!(
            looks,
            "<xf numFmtId=\"{format}\" fontId=\"{}\" fillId=\"{}\" borderId=\"{}\" xfId=\"0\" \
             applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\"{}",
            u8::from(look.bold),
            if look.head { 2 } else { 0 },
            if look.ruled { 1 } else { 0 },
            if look.quoted {
                " quotePrefix=\"1\""
            } else {
                ""
            },
        );
        looks.push_str(match (look.end, look.wrapped) {
            (true, _) => " applyAlignment=\"1\"><alignment horizontal=\"right\"/></xf>",
            (_, true) => " applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>",
            _ => "/>",
        });
    }
    let count = Style::ALL.len();
    let formatted = Style::ALL
        .iter()
        .filter(|style| style.look().format.is_some())
        .count();
    format!(
        "{XML}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{formatted}\">{formats}</numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EDF2\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>\
         <borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\
         <border><left/><right/><top style=\"thin\"><color rgb=\"FF141D27\"/></top><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{count}\">{looks}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>\
         </styleSheet>"
    )
}

/// The sheets in their order.
pub(super) fn workbook(sheets: &[SheetPart]) -> String {
    let (mut listed, mut names) = (String::new(), String::new());
    for (at, sheet) in sheets.iter().enumerate() {
        let (name, number) = (escaped(&sheet.name), at + 1);
        let _ = write!(
            listed,
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
        );
        if let Some(cells) = &sheet.filtered {
            let _ = write!(
                names,
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" hidden=\"1\">'{name}'!{cells}</definedName>\
                 <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{at}\">'{name}'!$1:$1</definedName>"
            );
        }
    }
    format!(
        "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><bookViews><workbookView/></bookViews>\
         <sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>"
    )
}

/// Where the workbook's parts are.
pub(super) fn workbook_relations(sheets: usize) -> String {
    let mut listed = String::new();
    for number in 1..=sheets {
        let _ = write!(
            listed,
            "<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    format!(
        "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{listed}\
         <Relationship Id=\"rId{}\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>",
        sheets + 1
    )
}

/// What each part is.
pub(super) fn content_types(sheets: usize) -> String {
    const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut listed = String::new();
    for number in 1..=sheets {
        let _ = write!(
            listed,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SHEET}.worksheet+xml\"/>"
        );
    }
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET}.sheet.main+xml\"/>{listed}\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEET}.styles+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         </Types>"
    )
}

fn escaped(text: &str) -> String {
    let mut xml = Vec::with_capacity(text.len());
    put_text(&mut xml, text);
    String::from_utf8(xml).unwrap_or_default()
}
