using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Account;

/// <summary>Twilio's account resource, and the account's state in the control API.</summary>
internal static class AccountEndpoints
{
    public static void AddAccount(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<AccountState>();

    public static void MapAccount(this IEndpointRouteBuilder api) =>
        api.MapGet("/Accounts/{accountSid}.json", Fetch).WithOperation(RestOperation.Account);

    public static void MapAccountControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/account", (AccountState state) => StandingView.Of(state.Current));
        control.MapPut("/account", Change);
    }

    private static JsonHttpResult<AccountView> Fetch(
        string accountSid,
        AccountState state,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        var now = TwilioDate.Write(clock.GetUtcNow());
        var uri = $"/{MessageView.Version}/Accounts/{accountSid}";
        var view = new AccountView(
            account.Value.AuthToken,
            now,
            now,
            "Simulated account",
            accountSid,
            accountSid,
            $"{state.Current.Status}".ToLowerInvariant(),
            new()
            {
                ["available_phone_numbers"] = $"{uri}/AvailablePhoneNumbers.json",
                ["incoming_phone_numbers"] = $"{uri}/IncomingPhoneNumbers.json",
                ["messages"] = $"{uri}/Messages.json",
            },
            $"{state.Current.Type}",
            $"{uri}.json");
        return TypedResults.Json(view, TwilioJson.Default.AccountView);
    }

    private static StandingView Change(StandingRequest request, AccountState state)
    {
        state.Current = request.ApplyTo(state.Current);
        return StandingView.Of(state.Current);
    }
}

/// <summary>The account as Twilio writes it (api.v2010.account).</summary>
internal sealed record AccountView(
    string AuthToken,
    string DateCreated,
    string DateUpdated,
    string FriendlyName,
    string OwnerAccountSid,
    string Sid,
    string Status,
    Dictionary<string, string> SubresourceUris,
    string Type,
    string Uri);

/// <summary>Changes how the account stands. What is left out stays as it is.</summary>
/// <param name="Status">active, suspended or closed.</param>
/// <param name="Type">full or trial.</param>
/// <param name="Restricted">Whether purchases are refused with 22300.</param>
public sealed record StandingRequest(AccountStatus? Status, AccountType? Type, bool? Restricted)
{
    internal AccountStanding ApplyTo(AccountStanding standing) => new(
        Status ?? standing.Status,
        Type ?? standing.Type,
        Restricted ?? standing.IsRestricted);
}

/// <summary>How the account stands now.</summary>
internal sealed record StandingView(AccountStatus Status, AccountType Type, bool Restricted)
{
    public static StandingView Of(AccountStanding standing) =>
        new(standing.Status, standing.Type, standing.IsRestricted);
}
