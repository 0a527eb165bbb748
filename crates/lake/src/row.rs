/// The texts of a row, by the numbers of its columns; empty where nobody asks for them.
pub(crate) struct Row<'a> {
    fields: &'a [&'a str],
    /// Whether no field holds a control character.
    pub(crate) plain: bool,
}

impl<'a> Row<'a> {
    /// A row of these fields.
    pub(crate) fn new(fields: &'a [&'a str]) -> Self {
        let plain = fields.iter().all(|field| is_plain(field.as_bytes()));
        Self { fields, plain }
    }

    /// Field `at` as it is written, empty where there is none.
    pub(crate) fn field(&self, at: usize) -> &'a str {
        self.fields.get(at).copied().unwrap_or_default()
    }
}

/// Whether no byte is a control character. Without a branch, many bytes are looked at in one step.
fn is_plain(bytes: &[u8]) -> bool {
    let visible = |byte: u8| if byte == 0x7f { 0 } else { byte };
    bytes
        .iter()
        .fold(u8::MAX, |least, byte| least.min(visible(*byte)))
        >= 0x20
}
