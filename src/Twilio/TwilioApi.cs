using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

using Microsoft.Extensions.Options;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio;

/// <summary>Twilio's REST API over HTTPS.</summary>
internal sealed class TwilioApi(IOptions<TwilioApiOptions> options, TimeProvider clock) : ITwilioApi, IDisposable
{
    private readonly TwilioTransport _transport = new(options.Value, clock);

    public void Dispose() => _transport.Dispose();

    public async Task<SendOutcome> CreateMessageAsync(
        TwilioAccount account,
        SendRequest request,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(request);

        var form = Forms.Of(request);
        var type = TwilioJson.Default.TwilioMessage;
        return await _transport.PostAsync(account, "Messages.json", form, type, cancellationToken) switch
        {
            PostResult<TwilioMessage>.Done(var message) => new SendOutcome.Accepted(message),
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
        return _transport.GetAsync("fetching a message", account, uri, type, cancellationToken);
    }

    public IAsyncEnumerable<TwilioMessage> ListMessagesAsync(
        TwilioAccount account,
        MessageQuery query,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(query);

        var first = account.Resource($"Messages.json?{Forms.Of(query)}");
        return ListAsync<MessagePage, TwilioMessage>(
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
        var page = await _transport.GetAsync("searching for numbers", account, uri, type, cancellationToken);

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
        return await _transport.PostAsync(account, "IncomingPhoneNumbers.json", form, type, cancellationToken) switch
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
        return _transport.GetAsync("fetching a number", account, uri, type, cancellationToken);
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
        return ListAsync<IncomingNumberPage, IncomingNumber>(
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
        var path = PathOf(account, "IncomingPhoneNumbers", numberSid);
        var form = Forms.Of(settings);
        var type = TwilioJson.Default.IncomingNumber;
        return await _transport.PostAsync(account, path, form, type, cancellationToken) switch
        {
            PostResult<IncomingNumber>.Done(var number) => number,
            PostResult<IncomingNumber>.Refused(var error) =>
                throw new TwilioApiException(operation, "", error, null, null),
            PostResult<IncomingNumber>.RateLimited(var wait, var error) =>
                throw new TwilioApiException(operation, "", error, wait, null),
            PostResult<IncomingNumber>.NotSent(var reason) =>
                throw new TwilioApiException(operation, reason, null, null, null),
            PostResult<IncomingNumber>.Unknown(var reason) =>
                throw new TwilioApiException(operation, reason, null, null, null),
            _ => throw new UnreachableException(),
        };
    }

    public Task ReleaseNumberAsync(TwilioAccount account, string numberSid, CancellationToken cancellationToken)
    {
        var path = PathOf(account, "IncomingPhoneNumbers", numberSid);
        return _transport.DeleteAsync("releasing a number", account, path, cancellationToken);
    }

    private static Uri ResourceOf(TwilioAccount account, string kind, string sid) =>
        account.Resource(PathOf(account, kind, sid));

    private static string PathOf(TwilioAccount account, string kind, string sid)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(sid);

        return $"{kind}/{Uri.EscapeDataString(sid)}.json";
    }

    /// <summary>
    /// The next page's address, which must be the account's own API: the auth token goes with the request.
    /// </summary>
    private static Uri NextPage(string operation, TwilioAccount account, string next) =>
        Uri.TryCreate(account.ApiBaseUri, next, out var uri)
        && uri.GetLeftPart(UriPartial.Authority) == account.ApiBaseUri.GetLeftPart(UriPartial.Authority)
            ? uri
            : throw new TwilioApiException(operation, "the next page is somewhere else", null, null, null);

    private async IAsyncEnumerable<TItem> ListAsync<TPage, TItem>(
        string operation,
        TwilioAccount account,
        Uri? uri,
        JsonTypeInfo<TPage> type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : Page<TItem>
    {
        while (uri is not null)
        {
            var page = await _transport.GetAsync(operation, account, uri, type, cancellationToken)
                ?? throw new TwilioApiException(operation, "", new TwilioError(404, null, null, null), null, null);
            foreach (var item in page.ReadItems())
            {
                yield return item;
            }

            uri = string.IsNullOrEmpty(page.NextPageUri) ? null : NextPage(operation, account, page.NextPageUri);
        }
    }
}
