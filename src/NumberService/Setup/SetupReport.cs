using Microsoft.Extensions.Options;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.ServiceDefaults.CommandLine;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Tells the owner how things stand.</summary>
internal sealed class SetupReport(IOptions<SetupOptions> options, IOptions<BuyingOptions> buying)
{
    /// <summary>The registration for texts to the US, and what to write into its form when there is none.</summary>
    public void Registration(RegistrationStanding standing, OwnerConsole console)
    {
        Show($"A2P brand: {standing.BrandState}", standing.Brand?.IsApproved == true, console);
        Show($"A2P campaign: {standing.CampaignState}", standing.Campaign?.IsVerified == true, console);
        if (!standing.IsComplete)
        {
            console.Line("Until both are approved no text goes to the US: numbers are bought and attached, and wait.");
        }

        if (standing.NeedsForm)
        {
            console.Heading("Texts for the campaign's form");
            foreach (var (field, text) in new CampaignTexts(options.Value.BusinessName).Fields)
            {
                console.Line($"{field}: {text}");
            }
        }
    }

    /// <summary>What is there, what is bought, where, and what it costs.</summary>
    public void Plan(NumberPlan plan, IReadOnlyList<string> areas, OwnerConsole console)
    {
        console.Heading("Plan");
        console.Table(
            ["Numbers", "Wanted", "Owned", "On order", "Failed", "To buy"],
            plan.Lines.Select(line => (IReadOnlyList<string>)
                [line.Name, $"{line.Wanted}", $"{line.Owned}", $"{line.OnOrder}", $"{line.Failed}", $"{line.Missing}"]));
        if (plan.Missing > 0)
        {
            console.Line($"Where: {string.Join(", then ", areas)}.");
            console.Line(
                $"Cost: {Cost(plan.Missing)} a month more, {Cost(plan.Total)} in all. An estimate with "
                + "Setup:MonthlyPricePerNumber, without texts, calls and registration.");
        }

        if (plan.Total > options.Value.NumbersPerCampaign)
        {
            console.Warning(
                $"{plan.Total} numbers on one campaign: above {options.Value.NumbersPerCampaign} T-Mobile wants an approval of its "
                + "own, which may take 20 business days. Ask Twilio's support for it.");
        }

        if (plan.Missing > buying.Value.Budget.PerDay)
        {
            console.Warning($"Numbers:Budget:PerDay is {buying.Value.Budget.PerDay}: the rest is bought on later days.");
        }
    }

    /// <summary>How it ended: what failed, what waits, and what to do about it.</summary>
    public static void End(ProgressView view, OwnerConsole console)
    {
        foreach (var group in view.Failed.GroupBy(number => (number.Reason, number.ErrorCode)))
        {
            console.Bad($"{group.Count()} failed: {ReasonWords.Explain(group.Key.Reason)}{Code(group.Key.ErrorCode)}");
            foreach (var number in group.Where(number => number.Number is not null))
            {
                console.Line($"  {number.Number!.Reveal()}");
            }
        }

        foreach (var group in view.Waiting.GroupBy(number => (number.Reason, number.ErrorCode)))
        {
            console.Warning($"{group.Count()} wait: {ReasonWords.Explain(group.Key.Reason)}{Code(group.Key.ErrorCode)}");
        }

        console.Heading(view.End == SetupEnd.Ready
            ? $"All {view.Ready} numbers are Ready."
            : $"{view.Ready} of {view.All} numbers are Ready.");
    }

    private static void Show(string line, bool isGood, OwnerConsole console)
    {
        if (isGood)
        {
            console.Good(line);
        }
        else
        {
            console.Warning(line);
        }
    }

    private string Cost(int count) => FormattableString.Invariant($"{count * options.Value.MonthlyPricePerNumber:0.00}");

    private static string Code(int? code) => code is null ? string.Empty : $" (Twilio code {code})";
}
