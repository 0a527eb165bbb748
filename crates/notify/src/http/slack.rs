use async_trait::async_trait;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::http::post::post;
use crate::scrub::Scrub;
use crate::text;
use crate::{Parcel, Secret, SendError, Sender, figure};

/// An incoming webhook of Slack, or of a chat that takes the same (Mattermost).
#[derive(Debug, Clone)]
pub struct Slack {
    /// Where to; whoever knows it may post there.
    pub address: Secret,
    /// Whether it may lead into a private network.
    pub allow_private: bool,
}

/// Lines shown at most: Slack takes ten fields a section, two a line, and fifty sections.
const LINES: usize = 20;

#[async_trait]
impl Sender for Slack {
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError> {
        let scrub = Scrub::of_address(&self.address);
        let body = message(parcel).to_string().into_bytes();
        post(
            &self.address,
            self.allow_private,
            scrub,
            HeaderMap::new(),
            body,
        )
        .await
    }
}

/// Plain text is shown as it is: no link, no mention, no picture in words.
fn plain(words: &str, most: usize) -> Value {
    let words = text::lines(words, most);
    // An empty text is refused.
    let words = if words.is_empty() {
        "–".to_owned()
    } else {
        words
    };
    json!({ "type": "plain_text", "text": words, "emoji": false })
}

fn message(parcel: &Parcel) -> Value {
    let notice = &parcel.notice;
    let mut blocks =
        vec![json!({ "type": "header", "text": plain(&text::line(&notice.title, 140), 150) })];
    if !notice.text.is_empty() {
        blocks.push(json!({ "type": "section", "text": plain(&notice.text, 2_900) }));
    }
    let shown: Vec<_> = notice.lines.iter().take(LINES).collect();
    for lines in shown.chunks(5) {
        let fields: Vec<Value> = lines
            .iter()
            .flat_map(|line| {
                [
                    plain(&text::line(&line.label, 200), 200),
                    plain(&figure(line.amount), 200),
                ]
            })
            .collect();
        blocks.push(json!({ "type": "section", "fields": fields }));
    }
    let mut below = format!(
        "Tallyport · {} · {}",
        text::line(&parcel.workspace, 80),
        notice.severity.word()
    );
    if notice.lines.len() > LINES {
        below.push_str(&format!(" · and {} more", notice.lines.len() - LINES));
    }
    blocks.push(json!({ "type": "context", "elements": [plain(&below, 300)] }));
    // What notifications and chats without blocks show. Here `<!channel>` would call everybody.
    let title = text::escaped(&text::line(&notice.title, 300));
    json!({ "text": title, "mrkdwn": false, "unfurl_links": false, "unfurl_media": false, "blocks": blocks })
}
