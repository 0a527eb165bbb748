//! An electronic invoice inside the file: Factur-X and ZUGFeRD, the same data for programs.

/// How much of the standard the attached data holds; its word in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// All of the European standard's core invoice.
    En16931,
}

/// The data to attach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached<'a> {
    xml: &'a str,
    profile: Profile,
}

/// What a file's XMP says of what is attached, as elements of RDF.
pub(crate) struct Described {
    /// The properties.
    pub(crate) properties: String,
    /// What these properties are: an item for the list of extension schemas, of which a file has one.
    pub(crate) schema: String,
}

impl<'a> Attached<'a> {
    /// The XML of the invoice in the syntax that Factur-X takes (CII).
    #[must_use]
    pub const fn factur_x(xml: &'a str, profile: Profile) -> Self {
        Self { xml, profile }
    }

    pub(crate) const fn xml(&self) -> &'a str {
        self.xml
    }

    /// Fixed by the standard.
    pub(crate) const fn name(&self) -> &'static str {
        "factur-x.xml"
    }

    pub(crate) const fn description(&self) -> &'static str {
        "Factur-X invoice"
    }

    /// The properties by which readers find it, and their description, as Factur-X 1.07 gives them
    /// in its chapter on XMP.
    pub(crate) fn described_in_xmp(&self) -> Described {
        let level = match self.profile {
            Profile::En16931 => "EN 16931",
        };
        let property = |name: &str, meaning: &str| {
            format!(
                "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
                 <pdfaProperty:valueType>Text</pdfaProperty:valueType>\
                 <pdfaProperty:category>external</pdfaProperty:category>\
                 <pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>"
            )
        };
        let properties = [
            ("DocumentFileName", "The name of the embedded XML document"),
            (
                "DocumentType",
                "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER",
            ),
            (
                "Version",
                "The actual version of the standard applying to the embedded XML document",
            ),
            (
                "ConformanceLevel",
                "The conformance level of the embedded XML document",
            ),
        ]
        .map(|(name, meaning)| property(name, meaning))
        .concat();
        let said = format!(
            "<rdf:Description rdf:about=\"\" xmlns:fx=\"{NAMESPACE}\">\
             <fx:DocumentType>INVOICE</fx:DocumentType>\
             <fx:DocumentFileName>{}</fx:DocumentFileName>\
             <fx:Version>1.0</fx:Version>\
             <fx:ConformanceLevel>{level}</fx:ConformanceLevel></rdf:Description>",
            self.name(),
        );
        let schema = format!(
            "<rdf:li rdf:parseType=\"Resource\">\
             <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
             <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>\
             <pdfaSchema:prefix>fx</pdfaSchema:prefix>\
             <pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>\
             </rdf:li>"
        );
        Described {
            properties: said,
            schema,
        }
    }
}

const NAMESPACE: &str = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
