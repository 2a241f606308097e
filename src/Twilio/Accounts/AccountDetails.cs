using System.Text.Json.Serialization;

namespace PhoneMasking.Twilio.Accounts;

/// <summary>
/// What Twilio says of an account. Its answer holds the auth token, too; that is not read. <see cref="ToString"/> shows
/// the id only: Twilio's default for the name is an e-mail address.
/// </summary>
public sealed record AccountDetails
{
    /// <summary>The account's id, <c>AC</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>The name for people.</summary>
    public string? FriendlyName { get; init; }

    /// <summary><c>active</c>, <c>suspended</c> or <c>closed</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>Trial</c> or <c>Full</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The parent account of a subaccount; its own id otherwise.</summary>
    public string? OwnerAccountSid { get; init; }

    /// <summary>Whether the account may send and buy.</summary>
    [JsonIgnore]
    public bool IsActive => Status == "active";

    /// <summary>Whether it is a trial account, which has one number and texts verified phones only.</summary>
    [JsonIgnore]
    public bool IsTrial => Type == "Trial";

    /// <summary>Returns the id.</summary>
    public override string ToString() => $"AccountDetails {Sid}";
}
