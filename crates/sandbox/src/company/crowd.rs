//! More people: a company of up to fifty, where a month is to be closed for many.

use super::cast::{DEVELOPMENT, Person, TagValue};
use super::estate::{Estate, Place};
use super::meter::Cover;
use super::meter::Pattern::{OfficeHours, Steady};
use super::prices::{FRANKFURT, IRELAND};

/// So many people there are at the most, with those that every company of the sandbox has.
pub(crate) const MOST: usize = 8 + CROWD.len();

/// Name, address and tag.
const CROWD: [(&str, &str, &str); 42] = [
    (
        "Aisha Rahman",
        "aisha.rahman@northwind.example",
        "aisha.rahman",
    ),
    (
        "Arvid Lindqvist",
        "arvid.lindqvist@northwind.example",
        "arvid.lindqvist",
    ),
    (
        "Beatriz Almeida",
        "beatriz.almeida@northwind.example",
        "beatriz.almeida",
    ),
    (
        "Bogdan Ionescu",
        "bogdan.ionescu@northwind.example",
        "bogdan.ionescu",
    ),
    (
        "Chiara Rossi",
        "chiara.rossi@northwind.example",
        "chiara.rossi",
    ),
    (
        "Chloé Martin",
        "chloe.martin@northwind.example",
        "chloe.martin",
    ),
    (
        "Dalia Cohen",
        "dalia.cohen@northwind.example",
        "dalia.cohen",
    ),
    (
        "Daniel Okafor",
        "daniel.okafor@northwind.example",
        "daniel.okafor",
    ),
    (
        "Dmitri Volkov",
        "dmitri.volkov@northwind.example",
        "dmitri.volkov",
    ),
    (
        "Elif Yılmaz",
        "elif.yilmaz@northwind.example",
        "elif.yilmaz",
    ),
    ("Emil Novák", "emil.novak@northwind.example", "emil.novak"),
    (
        "Farah Siddiqui",
        "farah.siddiqui@northwind.example",
        "farah.siddiqui",
    ),
    (
        "Fionn O’Brien",
        "fionn.obrien@northwind.example",
        "fionn.obrien",
    ),
    (
        "Freya Andersen",
        "freya.andersen@northwind.example",
        "freya.andersen",
    ),
    (
        "Giorgos Nikolaidis",
        "giorgos.nikolaidis@northwind.example",
        "giorgos.nikolaidis",
    ),
    ("Hana Kim", "hana.kim@northwind.example", "hana.kim"),
    (
        "Hugo Fernández",
        "hugo.fernandez@northwind.example",
        "hugo.fernandez",
    ),
    ("Ines Costa", "ines.costa@northwind.example", "ines.costa"),
    (
        "Isabelle Dubois",
        "isabelle.dubois@northwind.example",
        "isabelle.dubois",
    ),
    (
        "Ivana Horvat",
        "ivana.horvat@northwind.example",
        "ivana.horvat",
    ),
    (
        "Jakub Zieliński",
        "jakub.zielinski@northwind.example",
        "jakub.zielinski",
    ),
    (
        "Jonas Weber",
        "jonas.weber@northwind.example",
        "jonas.weber",
    ),
    ("Kavya Iyer", "kavya.iyer@northwind.example", "kavya.iyer"),
    ("Kenji Sato", "kenji.sato@northwind.example", "kenji.sato"),
    (
        "Laura Jansen",
        "laura.jansen@northwind.example",
        "laura.jansen",
    ),
    (
        "Leila Haddadi",
        "leila.haddadi@northwind.example",
        "leila.haddadi",
    ),
    (
        "Liam Murphy",
        "liam.murphy@northwind.example",
        "liam.murphy",
    ),
    (
        "Lucía Romero",
        "lucia.romero@northwind.example",
        "lucia.romero",
    ),
    (
        "Magnus Eriksen",
        "magnus.eriksen@northwind.example",
        "magnus.eriksen",
    ),
    (
        "Maria Popescu",
        "maria.popescu@northwind.example",
        "maria.popescu",
    ),
    (
        "Mateusz Wójcik",
        "mateusz.wojcik@northwind.example",
        "mateusz.wojcik",
    ),
    (
        "Naledi Dlamini",
        "naledi.dlamini@northwind.example",
        "naledi.dlamini",
    ),
    (
        "Nikhil Sharma",
        "nikhil.sharma@northwind.example",
        "nikhil.sharma",
    ),
    (
        "Nora Virtanen",
        "nora.virtanen@northwind.example",
        "nora.virtanen",
    ),
    (
        "Olga Petrova",
        "olga.petrova@northwind.example",
        "olga.petrova",
    ),
    (
        "Pedro Sousa",
        "pedro.sousa@northwind.example",
        "pedro.sousa",
    ),
    ("Priya Nair", "priya.nair@northwind.example", "priya.nair"),
    (
        "Rania Khalil",
        "rania.khalil@northwind.example",
        "rania.khalil",
    ),
    (
        "Samuel Mensah",
        "samuel.mensah@northwind.example",
        "samuel.mensah",
    ),
    (
        "Sofia Bianchi",
        "sofia.bianchi@northwind.example",
        "sofia.bianchi",
    ),
    (
        "Thabo Nkosi",
        "thabo.nkosi@northwind.example",
        "thabo.nkosi",
    ),
    (
        "Yuki Nakamura",
        "yuki.nakamura@northwind.example",
        "yuki.nakamura",
    ),
];

const TEAMS: [&str; 3] = ["Platform", "Storefront", "Data"];
const KINDS: [&str; 4] = ["t3.medium", "t3.large", "m6i.large", "c6i.xlarge"];

/// The first `count` of them.
pub(crate) fn crowd(count: usize) -> Vec<Person> {
    CROWD
        .iter()
        .take(count)
        .zip(TEAMS.iter().cycle())
        .map(|(&(name, email, value), team)| Person {
            name,
            email,
            team,
            tag_values: vec![TagValue {
                key: "owner",
                value,
            }],
        })
        .collect()
}

/// What they run: a machine each, and every third keeps something.
pub(crate) fn of_the_crowd(estate: &mut Estate, people: &[Person]) {
    for (number, person) in people.iter().enumerate() {
        let Some(tag) = person.tag_values.first() else {
            continue;
        };
        let region = if number % 2 == 0 { IRELAND } else { FRANKFURT };
        let place = Place::new(DEVELOPMENT, region, &[(tag.key, tag.value), ("env", "dev")]);
        let pattern = if number % 5 == 0 { Steady } else { OfficeHours };
        let machine = format!("desk-{}", tag.value);
        let kind = KINDS[number % KINDS.len()];
        estate.instance(&place, &machine, kind, pattern, Cover::None);
        if number % 3 == 0 {
            let bucket = format!("northwind-desk-{}", tag.value.replace('.', "-"));
            estate.bucket(&place, &bucket, 120, 4, 9_000);
        }
    }
}
