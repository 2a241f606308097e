using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.CommandLine;
using PhoneMasking.Twilio.Accounts;

namespace PhoneMasking.NumberService.Setup;

/// <summary>
/// Takes the account from nothing to numbers that are Ready. Everything that it decides is in the database or at Twilio
/// before the next step: ended anywhere, run again, it goes on.
/// </summary>
internal sealed class SetupRun(
    AccountCheck accounts,
    RegistrationCheck registration,
    MessagingServiceSetup messaging,
    ProxyProbe proxy,
    TwilioServiceBook book,
    AccountNumbers numbers,
    SetupOrders orders,
    SetupStock stock,
    SetupTurns turns,
    SchemaState schema,
    SetupProgress progress,
    SetupReport report,
    IOptions<TwilioSettings> twilio,
    IOptions<SetupOptions> options)
{
    private static readonly OrganisationId Organisation = OrganisationId.Default;

    /// <summary>Shows what there is and what would be done; changes nothing.</summary>
    public async Task<SetupEnd> ShowAsync(SetupRequest request, OwnerConsole console, CancellationToken cancellationToken)
    {
        await CheckAccountAsync(console, cancellationToken);
        console.Heading("Messaging Service and registration");
        var isNew = !await schema.IsCurrentAsync(cancellationToken);
        var (known, knownProxy) = isNew
            ? (twilio.Value.MessagingServiceSid, twilio.Value.ProxyServiceSid)
            : await book.ReadAsync(Organisation, cancellationToken);
        var service = await messaging.FindAsync(known, cancellationToken);
        console.Line(service is null
            ? $"Messaging Service: would be made, named {options.Value.MessagingServiceName}"
            : $"Messaging Service: {service.Sid}{(MessagingServiceSetup.IsRight(service) ? "" : ", settings would be corrected")}");
        report.Registration(await registration.CheckAsync(service?.Sid, cancellationToken), console);
        console.Line(knownProxy is null
            ? "Proxy Service: whether one can be had shows only when one is created; a dry run does not."
            : $"Proxy Service: {knownProxy}");
        if (isNew)
        {
            console.Line("Database: its schema would be brought up to date; what it holds is not looked at.");
        }

        await SettleUnknownAsync(request, isNew, console, cancellationToken);
        var plan = isNew ? orders.Plan(request, []) : await orders.PlanAsync(Organisation, request, cancellationToken);
        report.Plan(plan, plan.Missing > 0 ? await stock.DescribeAsync(cancellationToken) : [], console);
        console.Heading("This was a dry run: nothing was changed.");
        return SetupEnd.Ready;
    }

    /// <summary>Checks the account, and makes what numbers are put in.</summary>
    public async Task PrepareAsync(SetupRequest request, OwnerConsole console, CancellationToken cancellationToken)
    {
        await CheckAccountAsync(console, cancellationToken);
        await using (await turns.TakeAsync(cancellationToken))
        {
            await PrepareServicesAsync(request, console, cancellationToken);
            await SettleUnknownAsync(request, isNew: false, console, cancellationToken);
        }
    }

    /// <summary>Orders what is missing, once it is agreed to.</summary>
    public async Task OrderAsync(SetupRequest request, OwnerConsole console, CancellationToken cancellationToken)
    {
        var plan = await orders.PlanAsync(Organisation, request, cancellationToken);
        report.Plan(plan, plan.Missing > 0 ? await stock.DescribeAsync(cancellationToken) : [], console);
        if (plan.Missing > 0 && !request.Yes)
        {
            await AskAsync(plan, console, cancellationToken);
        }

        var ordered = await orders.OrderAsync(Organisation, request, plan, cancellationToken);
        await orders.ResumeAsync(Organisation, cancellationToken);
        console.Line(ordered == 0 ? "Nothing to order." : $"{ordered} numbers ordered.");
    }

    /// <summary>Watches until the numbers are Ready, and says what is left. The worker runs, here or elsewhere.</summary>
    public async Task<SetupEnd> FinishAsync(OwnerConsole console, CancellationToken cancellationToken)
    {
        console.Heading("Numbers");
        var view = await progress.WatchAsync(Organisation, console, cancellationToken);
        SetupReport.End(view, console);
        return view.End;
    }

    private async Task CheckAccountAsync(OwnerConsole console, CancellationToken cancellationToken)
    {
        console.Heading("Account");
        var standing = await accounts.CheckAsync(cancellationToken);
        if (standing.Trouble is { } trouble)
        {
            throw new SetupStoppedException(SetupEnd.Failed, trouble);
        }

        console.Good($"{standing.Details!.Sid} is {standing.Details.Status}, type {standing.Details.Type}.");
    }

    private async Task PrepareServicesAsync(SetupRequest request, OwnerConsole console, CancellationToken cancellationToken)
    {
        console.Heading("Messaging Service and registration");
        var found = await messaging.EnsureAsync(Organisation, cancellationToken);
        console.Good($"Messaging Service {found.Service.Sid}" + found switch
        {
            { IsNew: true } => " was made.",
            { IsCorrected: true } => ": its settings were corrected.",
            _ => " is there.",
        });
        report.Registration(await registration.CheckAsync(found.Service.Sid, cancellationToken), console);

        console.Heading("Proxy Service");
        switch (await proxy.RunAsync(Organisation, request.WantsProxy, cancellationToken))
        {
            case ProxyFinding.InUse(var sid):
                console.Good($"{sid}: numbers are put into it first.");
                break;
            case ProxyFinding.Available:
                console.Line("This account could have one (setup --engine proxy). Going on with the Programmable engine.");
                break;
            case ProxyFinding.NotAvailable(var code):
                console.Line($"Twilio gives this account none (code {code}). Going on with the Programmable engine.");
                break;
            case ProxyFinding.Unclear:
                console.Warning("Twilio did not say whether there can be one. Going on with the Programmable engine.");
                break;
            default:
                throw new UnreachableException();
        }
    }

    // Numbers that the account owns and the inventory does not know: the owner decides, nothing is bought in their place.
    private async Task SettleUnknownAsync(
        SetupRequest request,
        bool isNew,
        OwnerConsole console,
        CancellationToken cancellationToken)
    {
        var unknown = isNew
            ? await numbers.ListAsync(cancellationToken)
            : (await numbers.CompareAsync(cancellationToken)).Unknown;
        if (unknown.Count == 0)
        {
            return;
        }

        console.Heading($"{unknown.Count} numbers of the account are not in the inventory");
        foreach (var number in unknown)
        {
            console.Line(number.PhoneNumber);
        }

        switch (request)
        {
            case { LeaveUnknown: true }:
                console.Line("They are left alone.");
                break;
            case { DryRun: true }:
                console.Line("Before anything is bought you decide: --import pool, --import standby, or --leave-unknown.");
                break;
            case { Import: { } lifecycle }:
                var imported = await numbers.ImportAsync(Organisation, unknown, lifecycle, cancellationToken);
                console.Good($"{imported.Imported} taken over as {lifecycle}.");
                foreach (var error in imported.Errors)
                {
                    console.Bad(error.Detail);
                }

                break;
            default:
                throw new SetupStoppedException(
                    SetupEnd.Waits,
                    "Say what is to become of them, so that none is bought twice: --import pool or --import standby takes them "
                    + "over, --leave-unknown leaves them alone. Nothing was bought.");
        }
    }

    private static async Task AskAsync(NumberPlan plan, OwnerConsole console, CancellationToken cancellationToken)
    {
        if (!console.IsTerminal)
        {
            throw new SetupStoppedException(
                SetupEnd.WrongUsage, $"Add --yes to buy {plan.Missing} numbers without being asked. Nothing was bought.");
        }

        if (!await console.ConfirmAsync($"Buy {plan.Missing} numbers?", cancellationToken))
        {
            throw new SetupStoppedException(SetupEnd.Waits, "Nothing was bought.");
        }
    }
}
