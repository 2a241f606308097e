namespace PhoneMasking.Simulator.Rest;

/// <summary>What a REST call does. Named in the call log, and what a fault can be limited to.</summary>
public enum RestOperation
{
    /// <summary>POST Messages.json.</summary>
    Send,

    /// <summary>GET Messages.json.</summary>
    List,

    /// <summary>GET one message.</summary>
    Fetch,

    /// <summary>POST to one message: redact or cancel.</summary>
    Update,

    /// <summary>DELETE one message.</summary>
    Delete,

    /// <summary>Any read of IncomingPhoneNumbers.</summary>
    Numbers,

    /// <summary>POST IncomingPhoneNumbers.json.</summary>
    Buy,

    /// <summary>POST to one number of the account.</summary>
    Configure,

    /// <summary>DELETE one number of the account.</summary>
    Release,

    /// <summary>GET AvailablePhoneNumbers.</summary>
    Search,

    /// <summary>GET the account.</summary>
    Account,

    /// <summary>Any read of Messaging Services.</summary>
    Services,

    /// <summary>POST a new Messaging Service.</summary>
    CreateService,

    /// <summary>POST to a Messaging Service.</summary>
    UpdateService,

    /// <summary>DELETE a Messaging Service.</summary>
    DeleteService,

    /// <summary>Any read of the numbers of a Messaging Service.</summary>
    ServiceNumbers,

    /// <summary>POST a number to a Messaging Service.</summary>
    AddServiceNumber,

    /// <summary>DELETE a number from a Messaging Service.</summary>
    RemoveServiceNumber,

    /// <summary>Any read of brands and campaigns.</summary>
    Registrations,

    /// <summary>Any read of Proxy Services.</summary>
    ProxyServices,

    /// <summary>POST a new Proxy Service.</summary>
    CreateProxyService,

    /// <summary>DELETE a Proxy Service.</summary>
    DeleteProxyService,

    /// <summary>Any read of the numbers of a Proxy Service.</summary>
    ProxyNumbers,

    /// <summary>POST a number to a Proxy Service.</summary>
    AddProxyNumber,

    /// <summary>POST to a number of a Proxy Service.</summary>
    UpdateProxyNumber,

    /// <summary>DELETE a number from a Proxy Service.</summary>
    RemoveProxyNumber,

    /// <summary>POST /emails: not Twilio's, but the mailbox's.</summary>
    Mail,

    /// <summary>GET the tables of a base at Airtable.</summary>
    AirtableTables,

    /// <summary>POST a table to Airtable.</summary>
    AirtableCreateTable,

    /// <summary>POST a field to Airtable.</summary>
    AirtableCreateField,

    /// <summary>PATCH the name of a field at Airtable.</summary>
    AirtableRenameField,

    /// <summary>Any read of records at Airtable.</summary>
    AirtableList,

    /// <summary>POST records to Airtable.</summary>
    AirtableCreate,

    /// <summary>PATCH records at Airtable, upserts included.</summary>
    AirtableUpdate,

    /// <summary>DELETE records at Airtable.</summary>
    AirtableDelete,
}
