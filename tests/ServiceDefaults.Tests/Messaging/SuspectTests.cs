using System.Text;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

/// <summary>
/// A broker and processes that die, played: whatever order messages come in, the killer's deaths count against each other
/// one so seldom that it is done before it would be put aside.
/// </summary>
public sealed class SuspectTests
{
    private const int Killer = 20;
    private const int Messages = 60;
    private const int DeliveryLimit = 10;
    private const int Seeds = 20;

    private readonly List<int> _done = [];
    private readonly List<int> _deadLetters = [];

    public static TheoryData<int, int> Beginnings =>
        [.. from deaths in (int[])[2, 5, 6, 8] from prefetch in (int[])[8, 16, Messages] select (deaths, prefetch)];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Killer_AmongOthersThatDiedAsOften_IsPutAsideAlone(int deaths, int prefetch)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            Play(seed, prefetch, _ => deaths, Killer);

            Assert.Equal([Killer], _deadLetters);
            Assert.Equal(Messages - 1, _done.Count);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(Messages)]
    public void Killer_AmongOthersThatDiedMoreOften_IsPutAsideAlone(int prefetch)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            Play(seed, prefetch, number => number == Killer ? 2 : 4 + (number % 3), Killer);

            Assert.Equal([Killer], _deadLetters);
            Assert.Equal(Messages - 1, _done.Count);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Killers_OfWhichThereAreTwo_ArePutAsideAlone(int prefetch)
    {
        Play(seed: 1, prefetch, _ => 2, Killer, Killer + 1);

        Assert.Equal([Killer, Killer + 1], _deadLetters.Order());
        Assert.Equal(Messages - 2, _done.Count);
    }

    // Until nothing is left: each life of the process takes from the queue's head, lets one go after the other, and gives
    // all it has back when it dies.
    private void Play(int seed, int prefetch, Func<int, int> deaths, params int[] killers)
    {
        _done.Clear();
        _deadLetters.Clear();
        var random = new Random(seed);
        var queue = new List<(int Number, int Deaths)>(Enumerable.Range(0, Messages).Select(number => (number, deaths(number))));
        while (queue.Count > 0)
        {
            var taken = queue.Take(prefetch).Select(message => (message.Number, Suspect: Delivered(message))).ToList();
            queue.RemoveRange(0, taken.Count);
            var died = false;
            while (!died && taken.Count > 0)
            {
                var waiting = taken.Select(message => message.Suspect).ToArray();
                random.Shuffle(waiting);
                var next = Suspect.Next(waiting);
                var number = taken.Single(message => message.Suspect == next).Number;
                died = killers.Contains(number);
                if (!died)
                {
                    _done.Add(number);
                    taken.RemoveAll(message => message.Suspect == next);
                    taken.AddRange(queue.Take(1).Select(message => (message.Number, Delivered(message))));
                    queue.RemoveRange(0, Math.Min(1, queue.Count));
                }
            }

            var returned = taken.Select(message => (message.Number, Deaths: (int)message.Suspect.Deaths + 1)).ToList();
            _deadLetters.AddRange(returned.Where(message => message.Deaths > DeliveryLimit).Select(message => message.Number));
            queue.InsertRange(0, returned.Where(message => message.Deaths <= DeliveryLimit));
        }
    }

    private static Suspect Delivered((int Number, int Deaths) message) =>
        new(Encoding.UTF8.GetBytes($"chore {message.Number}"), message.Deaths);
}
