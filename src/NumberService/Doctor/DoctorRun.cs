using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Setup;
using PhoneMasking.ServiceDefaults.CommandLine;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.Doctor;

/// <summary>Examines a running installation, shows what is wrong, and repairs what can be repaired safely.</summary>
internal sealed class DoctorRun(
    AccountCheck accounts,
    AccountNumbers numbers,
    TwilioServiceBook book,
    SchemaState schema,
    IEnumerable<IExamination> examinations)
{
    private static readonly OrganisationId Organisation = OrganisationId.Default;

    /// <summary>Examines, and repairs when that is wanted.</summary>
    /// <returns>Ready when nothing is left that is wrong; notes do not count.</returns>
    public async Task<SetupEnd> RunAsync(
        bool fixes,
        NumberLifecycle? import,
        OwnerConsole console,
        CancellationToken cancellationToken)
    {
        var findings = await ExamineAsync(import, cancellationToken);
        Show(findings, console);
        if (fixes && await RepairAsync(findings, console, cancellationToken))
        {
            findings = await ExamineAsync(import, cancellationToken);
            console.Heading("What is left");
            Show(findings, console);
        }

        return findings.TrueForAll(finding => finding.IsNote) ? SetupEnd.Ready : SetupEnd.Failed;
    }

    private async Task<List<Finding>> ExamineAsync(NumberLifecycle? import, CancellationToken cancellationToken)
    {
        var account = await accounts.CheckAsync(cancellationToken);
        if (account.Details is null)
        {
            throw new SetupStoppedException(SetupEnd.Failed, account.Trouble!);
        }

        if (!await schema.IsCurrentAsync(cancellationToken))
        {
            throw new SetupStoppedException(
                SetupEnd.Failed, "The database was not set up by this version. Start NumberService, or run setup.");
        }

        var (messagingService, proxyService) = await book.ReadAsync(Organisation, cancellationToken);
        var examined = new DoctorCase(
            account, await numbers.CompareAsync(cancellationToken), messagingService, proxyService, import);
        var findings = new List<Finding>();
        foreach (var examination in examinations)
        {
            await foreach (var finding in examination.ExamineAsync(examined, cancellationToken))
            {
                findings.Add(finding);
            }
        }

        return findings;
    }

    private static void Show(List<Finding> findings, OwnerConsole console)
    {
        if (findings.Count == 0)
        {
            console.Good("Nothing is wrong.");
            return;
        }

        console.Table(
            ["", "What", "Problem", "What can be done"],
            findings.Select(finding => (IReadOnlyList<string>)
                [finding.IsNote ? "note" : "problem", finding.Where, finding.Problem, finding.Remedy]));
    }

    private static async Task<bool> RepairAsync(
        List<Finding> findings,
        OwnerConsole console,
        CancellationToken cancellationToken)
    {
        var repairable = findings.Where(finding => finding.Repair is not null).ToArray();
        foreach (var finding in repairable)
        {
            try
            {
                await finding.Repair!(cancellationToken);
                console.Good($"{finding.Where}: {finding.Problem} - repaired");
            }
            catch (Exception failure) when (failure is RepairFailedException or TwilioApiException)
            {
                console.Bad($"{finding.Where}: {failure.Message}");
            }
        }

        return repairable.Length > 0;
    }
}
