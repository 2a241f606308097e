using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.NumberService.Buying;

/// <summary>
/// Buys the number of an order, never two (docs/adr/0011): which one is written down before Twilio is asked, Twilio is asked
/// for exactly that one, and after an unknown outcome for that one again. Nobody can own a number twice.
/// </summary>
internal sealed class PurchaseStep(
    ITwilioApi twilio,
    TwilioAccount account,
    NumberSearch search,
    CandidateWriter candidates,
    StepClaims claims,
    NumberWebhooks webhooks,
    TwilioFaults faults,
    ProvisioningMetrics metrics,
    IOptions<ProvisioningOptions> options)
{
    /// <summary>How many numbers are tried in a row that were sold to somebody else since the search.</summary>
    private const int MaxTaken = 5;

    public async Task<StepOutcome> RunAsync(Step step, CancellationToken cancellationToken) =>
        step.Number.Candidate is { } candidate
            ? await SettleAsync(step, candidate, cancellationToken)
            : await ChooseAndBuyAsync(step, [], cancellationToken);

    /// <summary>Goes on with a purchase that may have been made: by a call without an answer, or before a crash.</summary>
    private async Task<StepOutcome> SettleAsync(Step step, E164Number candidate, CancellationToken cancellationToken)
    {
        await foreach (var owned in twilio.ListNumbersAsync(account, candidate.Reveal(), cancellationToken))
        {
            if (owned.PhoneNumber == candidate.Reveal())
            {
                return Bought(owned, candidate, settled: true);
            }
        }

        if (step.Number.Reason == Reasons.NumberTaken)
        {
            return await ChooseAndBuyAsync(step, [candidate], cancellationToken);
        }

        if (!await claims.RenewAsync(step, cancellationToken))
        {
            return new StepOutcome.Lost();
        }

        return await BuyAsync(candidate) switch
        {
            // By ourselves, it may be: by the call without an answer, and not listed yet.
            PurchaseOutcome.Refused { Reason: PurchaseRefusal.NumberTaken } refused =>
                new StepOutcome.Stumbles(Reasons.NumberTaken, refused.Error.Code, null) { AtLeast = options.Value.SettleTime },
            var outcome => Judge(outcome, candidate, isFirst: false),
        };
    }

    private async Task<StepOutcome> ChooseAndBuyAsync(
        Step step,
        HashSet<E164Number> refused,
        CancellationToken cancellationToken)
    {
        await foreach (var offers in search.FindAsync(step.Number.AreaCode, cancellationToken))
        {
            while (refused.Count <= MaxTaken)
            {
                var rest = offers.Where(offer => !refused.Contains(offer)).ToArray();
                var choice = await candidates.WriteAsync(step, rest, cancellationToken);
                if (choice is CandidateChoice.NoneFree)
                {
                    break;
                }

                if (choice is not CandidateChoice.Chosen(var candidate))
                {
                    return NotChosen(choice);
                }

                var outcome = await BuyAsync(candidate);
                if (outcome is not PurchaseOutcome.Refused { Reason: PurchaseRefusal.NumberTaken or PurchaseRefusal.NumberInvalid } no)
                {
                    return Judge(outcome, candidate, isFirst: true);
                }

                metrics.CountRefused(StepNames.Buy, no.Error.Code);
                refused.Add(candidate);
            }
        }

        return refused.Count > 0
            ? new StepOutcome.Stumbles(Reasons.NumberTaken, null, options.Value.MaxTries) { Change = ClearCandidate }
            : new StepOutcome.Fails(Reasons.NoNumbersInArea) { IsShared = true };
    }

    // Not cancelled by a stop: a purchase that has started is ended by its own time limit, and its end recorded.
    private Task<PurchaseOutcome> BuyAsync(E164Number candidate) => twilio.BuyNumberAsync(
        account,
        new PurchaseRequest { PhoneNumber = candidate.Reveal(), Settings = webhooks.Settings },
        CancellationToken.None);

    private static StepOutcome NotChosen(CandidateChoice choice) => choice switch
    {
        CandidateChoice.OverDailyBudget(var wait) => new StepOutcome.Waits(wait, Reasons.DailyBudget)
        {
            ForOwner = true,
            Change = ClearCandidate,
        },
        CandidateChoice.OverTotalBudget => new StepOutcome.Fails(Reasons.TotalBudget) { IsShared = true },
        CandidateChoice.Lost => new StepOutcome.Lost(),
        _ => throw new UnreachableException(),
    };

    private StepOutcome Judge(PurchaseOutcome outcome, E164Number candidate, bool isFirst) => outcome switch
    {
        PurchaseOutcome.Bought(var number) => Bought(number, candidate, settled: false),
        PurchaseOutcome.RateLimited(var wait, _) => faults.RateLimited(wait, StepNames.Buy),
        PurchaseOutcome.Refused(var error) when isFirst => Cleared(faults.Refused(error, StepNames.Buy)),
        PurchaseOutcome.Refused(var error) => faults.Refused(error, StepNames.Buy),
        PurchaseOutcome.NotSent => new StepOutcome.Stumbles(Reasons.TwilioAway, null, null),
        PurchaseOutcome.Unknown => new StepOutcome.Stumbles(Reasons.OutcomeUnknown, null, null)
        {
            AtLeast = options.Value.SettleTime,
        },
        _ => throw new UnreachableException(),
    };

    private StepOutcome.Done Bought(IncomingNumber bought, E164Number candidate, bool settled)
    {
        metrics.CountPurchase(settled);
        return new StepOutcome.Done((number, now) =>
        {
            number.Number = candidate;
            number.TwilioSid = bought.Sid;
            number.PurchasedAt = now;
            number.Candidate = null;
            number.Stage = NumberStage.Bought;
        });
    }

    // Only after a refusal of the one call there was: nothing can have been bought.
    private static StepOutcome Cleared(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Waits waits => waits with { Change = ClearCandidate },
        StepOutcome.Stumbles stumbles => stumbles with { Change = ClearCandidate },
        _ => outcome,
    };

    private static void ClearCandidate(Inventory.OwnedNumber number) => number.Candidate = null;
}
