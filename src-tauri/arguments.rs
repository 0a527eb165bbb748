//! What the window was started with.

use std::path::PathBuf;

/// Which workspace to open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The sandbox workspace, made if there is none.
    pub sandbox: bool,
    /// A workspace file.
    pub workspace: Option<PathBuf>,
    /// Start without showing the window, as at login.
    pub hidden: bool,
}

impl Arguments {
    /// Reads the words after the program's name; the sentence to show when they are not understood.
    pub fn read(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--sandbox" => arguments.sandbox = true,
                "--hidden" => arguments.hidden = true,
                "--workspace" => {
                    let path = words.next().ok_or("--workspace needs a path")?;
                    arguments.workspace = Some(PathBuf::from(path));
                }
                other => match other.strip_prefix("--workspace=") {
                    Some(path) => arguments.workspace = Some(PathBuf::from(path)),
                    None => return Err(format!("{other} is not understood")),
                },
            }
        }
        Ok(arguments)
    }

    /// What the environment names counts where the command names nothing.
    pub fn or_from(mut self, variable: Option<String>) -> Self {
        if self.workspace.is_none() && !self.sandbox {
            self.workspace = variable.map(PathBuf::from);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Arguments, String> {
        Arguments::read(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn a_workspace_is_named_in_either_way() {
        let wanted = Arguments {
            workspace: Some(PathBuf::from("a.tally")),
            ..Arguments::default()
        };
        assert_eq!(read(&["--workspace", "a.tally"]), Ok(wanted.clone()));
        assert_eq!(read(&["--workspace=a.tally"]), Ok(wanted));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(
            read(&["--sandbxo"]),
            Err("--sandbxo is not understood".to_owned())
        );
        assert_eq!(
            read(&["--workspace"]),
            Err("--workspace needs a path".to_owned())
        );
    }
}
