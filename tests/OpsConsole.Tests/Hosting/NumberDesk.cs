using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>Answers as NumberService would what the owner asks it to do with sitters and numbers, without Twilio.</summary>
internal sealed class NumberDesk(Records records)
{
    private readonly ConcurrentDictionary<Guid, object> _done = [];
    private readonly ConcurrentDictionary<NumberId, List<NumberHistoryEntry>> _history = [];

    /// <summary>Given once, to the next command.</summary>
    public Refused? NextRefusal { get; set; }

    /// <summary>Every command that arrived, repeats too.</summary>
    public ConcurrentQueue<object> Commands { get; } = [];

    public Usage Usage { get; } = new();

    public void AnswerOn(IReceiveEndpointConfigurator queue)
    {
        queue.Handler<ReadSitter>(c => c.RespondAsync(
            (object?)records.AllSitters.GetValueOrDefault(c.Message.SitterId) ?? Unknown("sitterId")));
        queue.Handler<ReadNumber>(c => c.RespondAsync(
            records.AllNumbers.TryGetValue(c.Message.NumberId, out var number) ? (object)Detail(number) : Unknown("numberId")));
        On<AddSitter>(queue, Add);
        On<ChangeSitter>(queue, Change);
        On<RemoveSitter>(queue, Remove);
        On<BuyNumbers>(queue, Buy);
        On<AttachNumber>(queue, m => Move(m.NumberId, n => n with { Stage = NumberStage.Bought, Status = NumberStatus.Pending, Reason = null, ErrorCode = null }));
        On<VerifyNumber>(queue, m => Move(m.NumberId, n => n with { Stage = NumberStage.Attached, Status = NumberStatus.Pending, VerificationStatus = VerificationStatus.Sent }));
        On<AssignNumber>(queue, m => Move(m.NumberId, n => n with { Lifecycle = NumberLifecycle.ReservedActive, SitterId = m.SitterId }));
        On<ReleaseNumber>(queue, m => Move(m.NumberId, n => n with { Lifecycle = NumberLifecycle.StandbyReserved, SitterId = null, Stage = NumberStage.Resting, Status = NumberStatus.Resting }));
        On<RetireNumber>(queue, m => Move(m.NumberId, n => n with { Stage = NumberStage.Retired, Status = NumberStatus.Retired }));
        On<ImportNumbers>(queue, Import);
        Usage.AnswerOn(queue);
    }

    /// <summary>A step that happens by itself.</summary>
    public NumberView Move(NumberId id, Func<NumberView, NumberView> change)
    {
        _ = Detail(records.AllNumbers[id]);
        var number = records.AllNumbers[id] = change(records.AllNumbers[id]);
        Note(number);
        return number;
    }

    /// <summary>The number that a sitter waits for becomes Ready.</summary>
    public SitterView MakeReady(SitterId sitter, string number)
    {
        var reserved = E164Number.Parse(number);
        var order = records.AllNumbers.Values.Single(n => n.SitterId == sitter);
        Move(order.Id, n => n with { Number = reserved, Stage = NumberStage.Ready, Status = NumberStatus.Ready });
        return records.AllSitters[sitter] = records.AllSitters[sitter] with { ReservedNumber = reserved, ReservedStatus = NumberStatus.Ready };
    }

    private void On<TCommand>(IReceiveEndpointConfigurator queue, Func<TCommand, object> act)
        where TCommand : class =>
        queue.Handler<TCommand>(c =>
        {
            Commands.Enqueue(c.Message);
            var refusal = NextRefusal;
            NextRefusal = null;
            return c.RespondAsync(refusal ?? act(c.Message));
        });

    private object Add(AddSitter asked)
    {
        var phone = NumberingRegion.UnitedStates.TryRead(asked.Phone, out var read) ? read : throw new InvalidOperationException();
        if (!_done.ContainsKey(asked.RequestId) && records.AllSitters.Values.Any(s => s.Active && s.RealNumber == phone))
        {
            return new Refused(RefusalKind.Conflict, "phone-taken", "Another active sitter has this phone.", "phone");
        }

        var id = ((SitterView)_done.GetOrAdd(asked.RequestId, _ => NewSitter(asked, phone))).Id;
        return records.AllSitters[id];
    }

    private SitterView NewSitter(AddSitter asked, E164Number phone)
    {
        var id = SitterId.New(records.Tick());
        var standby = records.AllNumbers.Values.FirstOrDefault(
            n => n is { Lifecycle: NumberLifecycle.StandbyReserved, Status: NumberStatus.Ready });
        var number = standby is null
            ? records.AddNumber(null, NumberLifecycle.ReservedActive, NumberStatus.Pending, id)
            : Move(standby.Id, n => n with { Lifecycle = NumberLifecycle.ReservedActive, SitterId = id });
        return records.AllSitters[id] = new SitterView(
            id, asked.Name, asked.Email, phone, number.Id, number.Number, true, 1, Records.Noon)
        { ReservedStatus = number.Status };
    }

    private object Change(ChangeSitter asked)
    {
        var sitter = records.AllSitters[asked.SitterId];
        return records.AllSitters[sitter.Id] = sitter with
        {
            Name = asked.Name ?? sitter.Name,
            Email = asked.Email is { Length: 0 } ? null : asked.Email ?? sitter.Email,
            RealNumber = NumberingRegion.UnitedStates.TryRead(asked.Phone, out var phone) ? phone : sitter.RealNumber,
        };
    }

    private object Remove(RemoveSitter asked) =>
        records.AllSitters[asked.SitterId] = records.AllSitters[asked.SitterId] with
        {
            Active = false,
            ReservedNumber = null,
            ReservedNumberId = null,
            ReservedStatus = null,
        };

    private object Buy(BuyNumbers asked) => _done.GetOrAdd(asked.RequestId, _ => new OrderedNumbers(
        [.. Enumerable.Range(0, asked.Count).Select(_ => records.AddNumber(null, asked.Lifecycle, NumberStatus.Pending, null))]));

    private object Import(ImportNumbers asked)
    {
        var lines = asked.Text.Split('\n').Select((text, index) => (Text: text.Trim(), Line: index + 1)).Where(l => l.Text.Length > 0).ToList();
        var bad = lines.Where(l => !E164Number.TryParse(l.Text, out _)).Select(l => new ImportError(l.Line, "Not a telephone number.")).ToList();
        var status = asked.Attach ? NumberStatus.Pending : NumberStatus.Ready;
        var made = lines.Where(l => E164Number.TryParse(l.Text, out _))
            .Count(l => records.AddNumber(l.Text, asked.Lifecycle, status, null) is not null);
        return new NumbersImported(made, 0, bad);
    }

    private NumberDetail Detail(NumberView number)
    {
        _history.GetOrAdd(number.Id, _ => [Entry(number)]);
        return new NumberDetail(number, _history[number.Id]);
    }

    private void Note(NumberView number) => _history[number.Id] = [Entry(number), .. _history[number.Id]];

    private NumberHistoryEntry Entry(NumberView number) => new(
        records.Tick(), number.Stage, number.Lifecycle, number.SitterId, number.ClientId, number.Reason, number.ErrorCode);

    private static Refused Unknown(string field) => new(RefusalKind.NotFound, "unknown", "There is none with this id.", field);
}
