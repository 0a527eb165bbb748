//! Names, tags and amounts as a channel may show them.

use tallyport_ledger::Money;

/// Characters that change how the text around them reads: directions, invisible ones.
const fn is_trick(c: char) -> bool {
    matches!(
        c,
        '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// One line of at most `most` characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(most * 4));
    let mut gap = false;
    for c in text.chars() {
        if c.is_control() || c.is_whitespace() || is_trick(c) {
            // A trick is no gap, everything else is one.
            gap |= !is_trick(c) || c == '\u{2028}' || c == '\u{2029}';
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    cut(&out, most)
}

/// Several lines, of at most `most` characters together.
pub(crate) fn lines(text: &str, most: usize) -> String {
    let all: Vec<String> = text.lines().map(|part| line(part, most)).collect();
    cut(all.join("\n").trim_matches('\n'), most)
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            kept.trim_end().to_owned() + "…"
        }
    }
}

/// Text as HTML (and the markup of popups, and of Slack) shows it: no sign of it opens anything.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// An amount as people read it, rounded to the currency's smallest unit: `1,234.50 USD`.
#[must_use]
pub fn figure(amount: Money) -> String {
    let currency = amount.currency();
    let decimals = usize::try_from(currency.exponent()).unwrap_or(2);
    let text = amount.rounded_to_minor().to_decimal(decimals);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::with_capacity(text.len() + 8);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction} {currency}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tallyport_ledger::Currency;

    #[test]
    fn amounts_are_grouped_and_rounded_to_what_can_be_paid() {
        let shown = |text: &str, currency: &str| {
            let currency: Currency = currency.parse().unwrap();
            figure(Money::parse(text, currency).unwrap())
        };
        assert_eq!(shown("1234567.895", "USD"), "1,234,567.90 USD");
        assert_eq!(shown("-999.5", "USD"), "-999.50 USD");
        assert_eq!(shown("-1000", "EUR"), "-1,000.00 EUR");
        assert_eq!(shown("12345.4", "JPY"), "12,345 JPY");
        assert_eq!(shown("0.001", "USD"), "0.00 USD");
    }

    #[test]
    fn a_name_stays_on_its_line_and_does_not_turn_the_text_around() {
        assert_eq!(
            line("a\r\nBcc: x@y\u{202e}evil\u{200b}", 80),
            "a Bcc: x@yevil"
        );
        assert_eq!(line("  spaced   out  ", 80), "spaced out");
        assert_eq!(line("abcdefgh", 5), "abcd…");
        assert_eq!(lines("one\n\u{7}two\n", 80), "one\ntwo");
        assert_eq!(line("€€€€", 3), "€€…");
    }
}
