//! What lies in files and folders that a person dropped, found one after another: a folder of a million
//! files is never held. Links are told and not followed; pipes, sockets and devices are told and not read.

use std::fs::{self, Metadata, ReadDir};
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use tallyport_store::{FoundFile, SourceMarks};

use crate::source::{Identity, unreadable};
use crate::{Problem, names};

/// Folders within folders beyond this are told and not entered: each costs an open folder.
const DEEPEST: usize = 128;

/// Takes what is found; may end the walk.
pub(crate) type OnFound<'f> = &'f mut dyn FnMut(FoundFile) -> ControlFlow<()>;

/// Walks through every root in its order.
pub(crate) fn walk(roots: &[String], prefix: &str, found: OnFound<'_>) -> ControlFlow<()> {
    for (number, root) in (0..).zip(roots) {
        Walk {
            number,
            prefix,
            name: Path::new(root)
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default(),
            found,
        }
        .root(Path::new(root))?;
    }
    ControlFlow::Continue(())
}

struct Walk<'w, 'f> {
    number: u32,
    prefix: &'w str,
    /// The name of the root, under which all of it goes.
    name: &'w str,
    found: OnFound<'f>,
}

/// A folder that is being read, and the names that lead to it from the root.
struct Open {
    entries: ReadDir,
    path: String,
}

impl Walk<'_, '_> {
    fn root(&mut self, root: &Path) -> ControlFlow<()> {
        let facts = match fs::symlink_metadata(root) {
            Ok(facts) => facts,
            Err(error) => return self.left_out("", unreadable(root, &error)),
        };
        if !facts.is_dir() {
            return self.file("", &facts);
        }
        let mut open = Vec::new();
        self.enter(root, String::new(), &mut open)?;
        while let Some(folder) = open.last_mut() {
            let Some(entry) = folder.entries.next() else {
                open.pop();
                continue;
            };
            let above = folder.path.clone();
            match entry {
                Ok(entry) => self.entry(&entry, &above, &mut open)?,
                Err(error) => {
                    open.pop();
                    self.left_out(&above, unreadable(root, &error))?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn entry(
        &mut self,
        entry: &fs::DirEntry,
        above: &str,
        open: &mut Vec<Open>,
    ) -> ControlFlow<()> {
        let name = entry.file_name();
        let mut path = above.to_owned();
        if !path.is_empty() {
            path.push('/');
        }
        let Some(plain) = name.to_str() else {
            path.push_str(&name.to_string_lossy());
            let why = "its name is not text in UTF-8, which keys are";
            return self.left_out(&path, Problem::new("transfer.name", why));
        };
        path.push_str(plain);
        match entry.metadata() {
            Ok(facts) if facts.is_dir() => self.enter(&entry.path(), path, open),
            Ok(facts) => self.file(&path, &facts),
            // Gone between being listed and being looked at.
            Err(error) if error.kind() == io::ErrorKind::NotFound => ControlFlow::Continue(()),
            Err(error) => self.left_out(&path, unreadable(&entry.path(), &error)),
        }
    }

    fn enter(&mut self, folder: &Path, path: String, open: &mut Vec<Open>) -> ControlFlow<()> {
        if open.len() >= DEEPEST {
            let why = format!("it lies more than {DEEPEST} folders deep");
            return self.left_out(&path, Problem::new("transfer.too_deep", why));
        }
        match fs::read_dir(folder) {
            Ok(entries) => {
                open.push(Open { entries, path });
                ControlFlow::Continue(())
            }
            Err(error) => self.left_out(&path, unreadable(folder, &error)),
        }
    }

    fn file(&mut self, path: &str, facts: &Metadata) -> ControlFlow<()> {
        if facts.is_symlink() {
            let why = "it is a link, and links are not followed: choose what it leads to";
            return self.left_out(path, Problem::new("transfer.link", why));
        }
        if !facts.is_file() {
            let why = "it is a pipe, a socket or a device, not a file";
            return self.left_out(path, Problem::new("transfer.not_a_file", why));
        }
        let mut names = vec![self.name];
        names.extend(path.split('/').filter(|name| !name.is_empty()));
        let key = match names::key(self.prefix, &names) {
            Ok(key) => key,
            Err(problem) => return self.left_out(path, problem),
        };
        let identity = Identity::of(facts);
        (self.found)(FoundFile {
            root: self.number,
            path: path.to_owned(),
            key: Some(key),
            bytes: identity.bytes,
            marks: identity.marks,
            expected: None,
            left_out: None,
        })
    }

    fn left_out(&mut self, path: &str, problem: Problem) -> ControlFlow<()> {
        (self.found)(FoundFile {
            root: self.number,
            path: path.to_owned(),
            key: None,
            bytes: 0,
            marks: SourceMarks::default(),
            expected: None,
            left_out: Some((problem.code, problem.said)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(root: &Path) -> Vec<(String, Option<String>, Option<&'static str>)> {
        let mut all = Vec::new();
        let roots = [root.to_str().unwrap().to_owned()];
        let flow = walk(&roots, "t/", &mut |file| {
            all.push((file.path, file.key, file.left_out.map(|(code, _)| code)));
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
        all.sort();
        all
    }

    #[cfg(unix)]
    #[test]
    fn only_plain_files_below_the_root_are_found_and_the_rest_is_told() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("drop");
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/one"), "1").unwrap();
        fs::write(folder.path().join("secret"), "s").unwrap();
        std::os::unix::fs::symlink(folder.path().join("secret"), root.join("link")).unwrap();
        std::os::unix::fs::symlink(&root, root.join("a/loop")).unwrap();
        let odd = std::ffi::OsStr::from_bytes(b"odd\xff");
        fs::write(root.join(odd), "x").unwrap();
        let pipe = std::process::Command::new("mkfifo")
            .arg(root.join("pipe"))
            .status();
        assert!(pipe.unwrap().success());

        let seen = walked(&root);
        let kept = |path: &str, key: &str| (path.to_owned(), Some(key.to_owned()), None);
        let told = |path: &str, code| (path.to_owned(), None, Some(code));
        assert_eq!(
            seen,
            [
                kept("a/b/one", "t/drop/a/b/one"),
                told("a/loop", "transfer.link"),
                told("link", "transfer.link"),
                told("odd\u{fffd}", "transfer.name"),
                told("pipe", "transfer.not_a_file"),
            ]
        );
        assert_eq!(walked(&root.join("link")), [told("", "transfer.link")]);
        assert_eq!(walked(&root.join("gone")), [told("", "transfer.gone")]);
        assert_eq!(walked(&root.join("a/b/one")), [kept("", "t/one")]);
    }
}
