using System.Diagnostics;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio;

/// <summary>Twilio's REST API over HTTPS.</summary>
internal sealed class TwilioApi(TwilioTransport transport) : ITwilioApi
{
    public async Task<SendOutcome> CreateMessageAsync(
        TwilioAccount account,
        SendRequest request,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(request);

        var form = Forms.Of(request);
        var type = TwilioJson.Default.TwilioMessage;
        var uri = account.Resource("Messages.json");
        return await transport.PostOnceAsync(
            "sending a message", account, uri, form, type, cancellationToken, request.NotAfter) switch
        {
            PostResult<TwilioMessage>.Done(var message) => new SendOutcome.Accepted(message),
            PostResult<TwilioMessage>.Refused({ IsOfAccount: true } error) => new SendOutcome.AccountRefused(error),
            PostResult<TwilioMessage>.Refused(var error) => new SendOutcome.Refused(error),
            PostResult<TwilioMessage>.RateLimited(var wait, var error) => new SendOutcome.RateLimited(wait, error),
            PostResult<TwilioMessage>.NotSent(var reason) => new SendOutcome.NotSent(reason),
            PostResult<TwilioMessage>.Unknown(var reason) => new SendOutcome.Unknown(reason),
            _ => throw new UnreachableException(),
        };
    }

    public Task<TwilioMessage?> FetchMessageAsync(
        TwilioAccount account,
        string messageSid,
        CancellationToken cancellationToken)
    {
        var uri = ResourceOf(account, "Messages", messageSid);
        var type = TwilioJson.Default.TwilioMessage;
        return transport.GetAsync("fetching a message", account, uri, type, cancellationToken);
    }

    public IAsyncEnumerable<TwilioMessage> ListMessagesAsync(
        TwilioAccount account,
        MessageQuery query,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(query);

        var first = account.Resource($"Messages.json?{Forms.Of(query)}");
        return transport.ListAsync<MessagePage, TwilioMessage>(
            "listing messages", account, first, TwilioJson.Default.MessagePage, cancellationToken);
    }

    public async Task<IReadOnlyList<AvailableNumber>> SearchLocalNumbersAsync(
        TwilioAccount account,
        LocalNumberSearch search,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(search);

        var country = Uri.EscapeDataString(search.Country);
        var uri = account.Resource($"AvailablePhoneNumbers/{country}/Local.json?{Forms.Of(search)}");
        var type = TwilioJson.Default.AvailableNumberPage;
        var page = await transport.GetAsync("searching for numbers", account, uri, type, cancellationToken);

        // Twilio answers 404 for a country in which it sells no local numbers.
        return page?.AvailablePhoneNumbers ?? [];
    }

    public async Task<PurchaseOutcome> BuyNumberAsync(
        TwilioAccount account,
        PurchaseRequest request,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(request);

        var form = Forms.Of(request);
        var type = TwilioJson.Default.IncomingNumber;
        var uri = account.Resource("IncomingPhoneNumbers.json");
        return await transport.PostOnceAsync(
            "buying a number", account, uri, form, type, cancellationToken) switch
        {
            PostResult<IncomingNumber>.Done(var number) => new PurchaseOutcome.Bought(number),
            PostResult<IncomingNumber>.Refused(var error) => new PurchaseOutcome.Refused(error),
            PostResult<IncomingNumber>.RateLimited(var wait, var error) => new PurchaseOutcome.RateLimited(wait, error),
            PostResult<IncomingNumber>.NotSent(var reason) => new PurchaseOutcome.NotSent(reason),
            PostResult<IncomingNumber>.Unknown(var reason) => new PurchaseOutcome.Unknown(reason),
            _ => throw new UnreachableException(),
        };
    }

    public Task<IncomingNumber?> FetchNumberAsync(
        TwilioAccount account,
        string numberSid,
        CancellationToken cancellationToken)
    {
        var uri = ResourceOf(account, "IncomingPhoneNumbers", numberSid);
        var type = TwilioJson.Default.IncomingNumber;
        return transport.GetAsync("fetching a number", account, uri, type, cancellationToken);
    }

    public IAsyncEnumerable<IncomingNumber> ListNumbersAsync(
        TwilioAccount account,
        string? phoneNumber,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);

        var query = new FormWriter();
        query.Add("PhoneNumber", phoneNumber);
        query.Add("PageSize", MessageQuery.MaxPageSize);
        var first = account.Resource($"IncomingPhoneNumbers.json?{query}");
        return transport.ListAsync<IncomingNumberPage, IncomingNumber>(
            "listing numbers", account, first, TwilioJson.Default.IncomingNumberPage, cancellationToken);
    }

    public async Task<IncomingNumber> UpdateNumberAsync(
        TwilioAccount account,
        string numberSid,
        NumberSettings settings,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);

        const string operation = "updating a number";
        var uri = ResourceOf(account, "IncomingPhoneNumbers", numberSid);
        var form = Forms.Of(settings);
        var type = TwilioJson.Default.IncomingNumber;
        var result = await transport.PostRepeatableAsync(operation, account, uri, form, type, cancellationToken);
        return result.OrThrow(operation);
    }

    public async Task ReleaseNumberAsync(
        TwilioAccount account,
        string numberSid,
        CancellationToken cancellationToken)
    {
        const string operation = "releasing a number";
        var uri = ResourceOf(account, "IncomingPhoneNumbers", numberSid);
        if (await transport.DeleteAsync(operation, account, uri, cancellationToken) is { } error)
        {
            throw new TwilioApiException(operation, "", error, null, null);
        }
    }

    private static Uri ResourceOf(TwilioAccount account, string kind, string sid)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(sid);

        return account.Resource($"{kind}/{Uri.EscapeDataString(sid)}.json");
    }
}
