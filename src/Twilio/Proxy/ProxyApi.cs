using System.Diagnostics;

using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Proxy;

/// <summary>Proxy Services over HTTPS.</summary>
internal sealed class ProxyApi(TwilioTransport transport) : IProxyApi
{
    /// <summary>The most items of one page that Proxy gives (reference/twilio.md 1.2).</summary>
    private const int MaxPageSize = 100;

    private const int NotAvailable = 80506;
    private const int NameInUse = 80602;
    private const int NameNotUnique = 80603;
    private const int InAnotherService = 80101;
    private const int InActiveSessions = 80611;
    private const int DuplicateEntry = 80612;
    private const int ServiceFull = 80622;

    public async Task<ProxyServiceOutcome> CreateServiceAsync(
        TwilioAccount account,
        ProxyServiceSettings settings,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(settings);

        var uri = account.Proxy("Services");
        var type = TwilioJson.Default.ProxyService;
        return await transport.PostOnceAsync(
            "creating a proxy service", account, uri, FormOf(settings), type, cancellationToken) switch
        {
            PostResult<ProxyService>.Done(var service) => new ProxyServiceOutcome.Created(service),
            PostResult<ProxyService>.Refused(var error) => error.Code switch
            {
                NotAvailable => new ProxyServiceOutcome.NotAvailable(error),
                NameInUse or NameNotUnique => new ProxyServiceOutcome.NameTaken(error),
                _ => new ProxyServiceOutcome.Refused(error),
            },
            PostResult<ProxyService>.RateLimited(var wait, var error) =>
                new ProxyServiceOutcome.RateLimited(wait, error),
            PostResult<ProxyService>.NotSent(var reason) => new ProxyServiceOutcome.NotSent(reason),
            PostResult<ProxyService>.Unknown(var reason) => new ProxyServiceOutcome.Unknown(reason),
            _ => throw new UnreachableException(),
        };
    }

    public Task<ProxyService?> FetchServiceAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken)
    {
        var uri = ServiceOf(account, serviceSid);
        var type = TwilioJson.Default.ProxyService;
        return transport.GetAsync("fetching a proxy service", account, uri, type, cancellationToken);
    }

    public IAsyncEnumerable<ProxyService> ListServicesAsync(
        TwilioAccount account,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);

        var first = account.Proxy($"Services?PageSize={MaxPageSize}");
        return transport.ListAsync<ProxyServicePage, ProxyService>(
            "listing proxy services", account, first, TwilioJson.Default.ProxyServicePage, cancellationToken);
    }

    public async Task DeleteServiceAsync(TwilioAccount account, string serviceSid, CancellationToken cancellationToken)
    {
        const string operation = "deleting a proxy service";
        if (await transport.DeleteAsync(operation, account, ServiceOf(account, serviceSid), cancellationToken) is { } error)
        {
            throw new TwilioApiException(operation, "refused", error, null, null);
        }
    }

    public async Task<ProxyNumberOutcome> AddNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        bool isReserved,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(numberSid);

        const string operation = "adding a number to a proxy service";
        var form = new FormWriter();
        form.Add("Sid", numberSid);
        form.Add("IsReserved", isReserved);
        var uri = ServiceOf(account, serviceSid, "/PhoneNumbers");
        var type = TwilioJson.Default.ProxyNumber;
        return await transport.PostRepeatableAsync(operation, account, uri, form, type, cancellationToken) switch
        {
            PostResult<ProxyNumber>.Done(var number) => new ProxyNumberOutcome.Added(number),
            PostResult<ProxyNumber>.Refused(var error) => error.Code switch
            {
                DuplicateEntry => new ProxyNumberOutcome.AlreadyThere(),
                InAnotherService => new ProxyNumberOutcome.InAnotherService(error),
                ServiceFull => new ProxyNumberOutcome.ServiceFull(error),
                _ => new ProxyNumberOutcome.Refused(error),
            },
            _ => throw new UnreachableException(),
        };
    }

    public IAsyncEnumerable<ProxyNumber> ListNumbersAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken)
    {
        var first = ServiceOf(account, serviceSid, $"/PhoneNumbers?PageSize={MaxPageSize}");
        return transport.ListAsync<ProxyNumberPage, ProxyNumber>(
            "listing the numbers of a proxy service",
            account,
            first,
            TwilioJson.Default.ProxyNumberPage,
            cancellationToken);
    }

    public async Task<ProxyRemovalOutcome> RemoveNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(numberSid);

        const string operation = "removing a number from a proxy service";
        var uri = ServiceOf(account, serviceSid, $"/PhoneNumbers/{Uri.EscapeDataString(numberSid)}");
        return await transport.DeleteAsync(operation, account, uri, cancellationToken) switch
        {
            null => new ProxyRemovalOutcome.Removed(),
            { Code: InActiveSessions } error => new ProxyRemovalOutcome.InUse(error),
            var error => new ProxyRemovalOutcome.Refused(error),
        };
    }

    private static Uri ServiceOf(TwilioAccount account, string serviceSid, string rest = "")
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceSid);

        return account.Proxy($"Services/{Uri.EscapeDataString(serviceSid)}{rest}");
    }

    private static FormWriter FormOf(ProxyServiceSettings settings)
    {
        var form = new FormWriter();
        form.Add("UniqueName", settings.UniqueName);
        form.Add("DefaultTtl", (int?)settings.DefaultTtl?.TotalSeconds);
        form.Add("CallbackUrl", settings.CallbackUrl);
        form.Add("InterceptCallbackUrl", settings.InterceptCallbackUrl);
        form.Add("OutOfSessionCallbackUrl", settings.OutOfSessionCallbackUrl);
        form.Add("GeoMatchLevel", settings.GeoMatchLevel);
        form.Add("NumberSelectionBehavior", settings.NumberSelectionBehavior);
        return form;
    }
}
