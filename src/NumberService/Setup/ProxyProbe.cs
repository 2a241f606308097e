using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.Proxy;

namespace PhoneMasking.NumberService.Setup;

/// <summary>
/// Finds out whether the account can have a Proxy Service: only creating one shows it (80506; reference/twilio.md 1.1). One
/// that is not wanted is deleted again, also one that an interrupted run left behind. Call it in a turn.
/// </summary>
internal sealed class ProxyProbe(
    IProxyApi proxy,
    TwilioAccount account,
    TwilioServiceBook book,
    IOptions<TwilioSettings> twilio,
    IOptions<SetupOptions> setup)
{
    private const string TrialSuffix = "-probe";

    private string Name => setup.Value.ProxyServiceName;

    /// <summary>Probes, and keeps a service that is wanted.</summary>
    /// <exception cref="SetupStoppedException">The service of the settings is not there.</exception>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<ProxyFinding> RunAsync(OrganisationId organisation, bool isWanted, CancellationToken cancellationToken)
    {
        var (_, known) = await book.ReadAsync(organisation, cancellationToken);
        if (known is not null)
        {
            if (await proxy.FetchServiceAsync(account, known, cancellationToken) is not null)
            {
                return new ProxyFinding.InUse(known);
            }

            throw new SetupStoppedException(
                SetupEnd.Failed,
                twilio.Value.ProxyServiceSid is null
                    ? $"The Proxy Service {known}, which this installation uses, is not in the account any more."
                    : $"The account has no Proxy Service {known}: correct TWILIO_PROXY_SERVICE_SID, or remove it.");
        }

        var services = await proxy.ListServicesAsync(account, cancellationToken).ToListAsync(cancellationToken);
        foreach (var left in services.Where(service => service.UniqueName == Name + TrialSuffix))
        {
            await proxy.DeleteServiceAsync(account, left.Sid, cancellationToken);
        }

        return isWanted
            ? await TakeAsync(organisation, services, cancellationToken)
            : await TryAsync(services, cancellationToken);
    }

    private async Task<ProxyFinding> TakeAsync(
        OrganisationId organisation,
        List<ProxyService> services,
        CancellationToken cancellationToken)
    {
        // Also found by a second run, whose creation would end as a name that is taken: nothing is made twice.
        var own = services.Find(service => service.UniqueName == Name);
        var outcome = own is null ? await CreateAsync(Name) : new ProxyServiceOutcome.Created(own);
        if (outcome is not ProxyServiceOutcome.Created(var service))
        {
            return Judge(outcome);
        }

        await book.StoreAsync(organisation, null, service.Sid, cancellationToken);
        return new ProxyFinding.InUse(service.Sid);
    }

    private async Task<ProxyFinding> TryAsync(List<ProxyService> services, CancellationToken cancellationToken)
    {
        if (services.Exists(service => service.UniqueName != Name + TrialSuffix))
        {
            return new ProxyFinding.Available();
        }

        var outcome = await CreateAsync(Name + TrialSuffix);
        if (outcome is not ProxyServiceOutcome.Created(var trial))
        {
            return Judge(outcome);
        }

        // Also when interrupted just now: nothing is to be left behind.
        await proxy.DeleteServiceAsync(account, trial.Sid, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return new ProxyFinding.Available();
    }

    private Task<ProxyServiceOutcome> CreateAsync(string name) => proxy.CreateServiceAsync(
        account, new ProxyServiceSettings { UniqueName = name }, CancellationToken.None);

    private static ProxyFinding Judge(ProxyServiceOutcome outcome) => outcome switch
    {
        ProxyServiceOutcome.NotAvailable(var error) => new ProxyFinding.NotAvailable(error.Code),
        ProxyServiceOutcome.Refused(var error) => new ProxyFinding.NotAvailable(error.Code),
        ProxyServiceOutcome.NameTaken or ProxyServiceOutcome.RateLimited
            or ProxyServiceOutcome.NotSent or ProxyServiceOutcome.Unknown => new ProxyFinding.Unclear(),
        _ => throw new UnreachableException(),
    };
}

/// <summary>Every way that the probe can end.</summary>
internal abstract record ProxyFinding
{
    private ProxyFinding()
    {
    }

    /// <summary>There is one, and numbers go into it.</summary>
    public sealed record InUse(string Sid) : ProxyFinding;

    /// <summary>There could be one; it is not used.</summary>
    public sealed record Available : ProxyFinding;

    /// <summary>Twilio gives this account none.</summary>
    public sealed record NotAvailable(int? Code) : ProxyFinding;

    /// <summary>Twilio did not say; a later run tries again.</summary>
    public sealed record Unclear : ProxyFinding;
}
