//! The query of a data export: `SELECT column, … FROM table`, which is all that is understood here.

use super::definition::{Table, all_columns, table_name};

/// The table and the columns that a statement chooses; what is wrong with it otherwise.
pub(crate) fn read(statement: &str) -> Result<(Table, Vec<String>), String> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let from = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case("FROM"));
    let (Some((first, rest)), Some(from)) = (words.split_first(), from) else {
        return Err("The query statement must have the form SELECT … FROM ….".into());
    };
    if !first.eq_ignore_ascii_case("SELECT") {
        return Err("The query statement must begin with SELECT.".into());
    }
    let chosen = rest.get(..from - 1).unwrap_or_default().join(" ");
    let name = match words.get(from + 1..) {
        Some([name]) => name.trim_end_matches(';'),
        _ => return Err("The sandbox understands queries of one table without conditions.".into()),
    };
    let table = [Table::Focus, Table::Report]
        .into_iter()
        .find(|table| table_name(*table) == name)
        .ok_or_else(|| format!("Table {name} does not exist."))?;
    let known = all_columns(table);
    let columns: Vec<String> = chosen
        .split(',')
        .map(|column| column.trim().to_owned())
        .collect();
    for column in &columns {
        if !known.contains(column) {
            return Err(format!("Column {column} does not exist in table {name}."));
        }
    }
    Ok((table, columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_its_table_and_its_columns() {
        let (table, columns) = read("SELECT BilledCost, Tags\n FROM FOCUS_1_2_AWS").unwrap();
        assert_eq!(table, Table::Focus);
        assert_eq!(columns, ["BilledCost", "Tags"]);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let refused = |statement: &str| read(statement).unwrap_err();
        assert!(refused("SELECT Cost FROM FOCUS_1_2_AWS").contains("Cost"));
        assert!(refused("SELECT * FROM FOCUS_1_2_AWS").contains('*'));
        assert!(refused("SELECT BilledCost FROM FOCUS_9").contains("FOCUS_9"));
        assert!(refused("DROP everything").contains("SELECT"));
        assert!(refused("").contains("SELECT"));
    }
}
