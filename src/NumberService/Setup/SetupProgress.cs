using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.CommandLine;
using Spectre.Console;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Shows how far the numbers are, until each is Ready, has failed, or waits for somebody outside.</summary>
internal sealed class SetupProgress(IServiceScopeFactory scopes, IOptions<SetupOptions> options, TimeProvider clock)
{
    /// <summary>Watches; returns how it stands at the end.</summary>
    public Task<ProgressView> WatchAsync(
        OrganisationId organisation,
        OwnerConsole console,
        CancellationToken cancellationToken) => console.IsTerminal
            ? DrawAsync(organisation, console, cancellationToken)
            : PrintAsync(organisation, console, cancellationToken);

    private Task<ProgressView> DrawAsync(
        OrganisationId organisation,
        OwnerConsole console,
        CancellationToken cancellationToken) => console.Terminal
            .Progress()
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bought = context.AddTask("Bought");
                var attached = context.AddTask("Attached");
                var ready = context.AddTask("Verified and Ready");
                return await LoopAsync(
                    organisation,
                    view =>
                    {
                        Show(bought, "Bought", view.Bought, view.All);
                        Show(attached, "Attached", view.Attached, view.All);
                        Show(ready, "Verified and Ready", view.Ready, view.All);
                    },
                    cancellationToken);
            });

    private static void Show(ProgressTask task, string name, int value, int most)
    {
        task.Description = $"{name} {value}/{most}";
        task.MaxValue = Math.Max(most, 1);
        task.Value = value;
    }

    private Task<ProgressView> PrintAsync(
        OrganisationId organisation,
        OwnerConsole console,
        CancellationToken cancellationToken)
    {
        var last = string.Empty;
        return LoopAsync(
            organisation,
            view =>
            {
                var line = view.ToString();
                if (line != last)
                {
                    console.Line(line);
                    last = line;
                }
            },
            cancellationToken);
    }

    private async Task<ProgressView> LoopAsync(
        OrganisationId organisation,
        Action<ProgressView> show,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var view = await ReadAsync(organisation, cancellationToken);
            show(view);
            if (view.IsSettled)
            {
                return view;
            }

            await Task.Delay(options.Value.ProgressInterval, clock, cancellationToken);
        }
    }

    private async Task<ProgressView> ReadAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var numbers = await scope.ServiceProvider.GetRequiredService<NumberDbContext>().Numbers
            .AsNoTracking()
            .Where(number => number.OrganisationId == organisation && number.Stage != NumberStage.Retired)
            .OrderBy(number => number.Id)
            .ToListAsync(cancellationToken);
        return ProgressView.Of(numbers);
    }
}

/// <summary>How far the numbers are.</summary>
/// <param name="All">All that are not given back, orders included.</param>
/// <param name="Bought">Those that are owned.</param>
/// <param name="Attached">Those that are attached.</param>
/// <param name="Ready">Those that can be used, or rest.</param>
/// <param name="Failed">Those that were given up.</param>
/// <param name="Waiting">Those that are neither Ready nor given up.</param>
internal sealed record ProgressView(
    int All,
    int Bought,
    int Attached,
    int Ready,
    IReadOnlyList<OwnedNumber> Failed,
    IReadOnlyList<OwnedNumber> Waiting)
{
    /// <summary>Whether nothing more is to be expected without somebody outside.</summary>
    public bool IsSettled => Waiting.All(number => ReasonWords.IsOutside(number.Reason, number.Tries));

    public SetupEnd End => this switch
    {
        { Failed.Count: > 0 } => SetupEnd.Failed,
        { Waiting.Count: > 0 } => SetupEnd.Waits,
        _ => SetupEnd.Ready,
    };

    public static ProgressView Of(IReadOnlyCollection<OwnedNumber> numbers) => new(
        numbers.Count,
        numbers.Count(number => number.Number is not null),
        numbers.Count(number => number.Stage is NumberStage.Attached or NumberStage.Ready or NumberStage.Resting),
        numbers.Count(number => number.Stage is NumberStage.Ready or NumberStage.Resting),
        [.. numbers.Where(number => number.Stage == NumberStage.Failed)],
        [.. numbers.Where(number => number.Stage is NumberStage.Intended or NumberStage.Bought or NumberStage.Attached)]);

    /// <summary>One plain line.</summary>
    public override string ToString() =>
        $"bought {Bought} of {All}, attached {Attached}, ready {Ready}" + (Failed.Count > 0 ? $", failed {Failed.Count}" : "");
}
