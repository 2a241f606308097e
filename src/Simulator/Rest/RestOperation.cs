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
}
