using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>Everybody with a phone, in the order they were added.</summary>
internal sealed class People
{
    private readonly IOptions<PeopleOptions> _options;
    private ImmutableList<Person> _people = [];

    public People(IOptions<PeopleOptions> options)
    {
        _options = options;
        Reset();
    }

    public IReadOnlyList<Person> List() => _people;

    public Person? Find(string id) => _people.Find(person => person.Id == id);

    /// <summary>Whether somebody has this number.</summary>
    public bool Have(string number) => _people.Exists(person => person.Number == number);

    /// <summary>Adds a person. A number that somebody has already keeps its owner, who is returned.</summary>
    public Person Add(string? id, string name, string number)
    {
        ImmutableInterlocked.Update(
            ref _people,
            people => people.Exists(person => person.Number == number)
                ? people
                : people.Add(new(Unused(id ?? IdOf(name), people), name, number)));
        return _people.Find(person => person.Number == number)!;
    }

    /// <summary>The number behind a person's id; a text that is no id is taken as the number itself.</summary>
    public string NumberOf(string idOrNumber) => Find(idOrNumber)?.Number ?? idOrNumber;

    /// <summary>Back to the people of the start.</summary>
    public void Reset()
    {
        _people = [];
        foreach (var person in _options.Value.People)
        {
            Add(person.Id, person.Name, person.Number);
        }
    }

    private static string Unused(string id, ImmutableList<Person> people)
    {
        var candidate = id;
        for (var next = 2; people.Exists(person => person.Id == candidate); next++)
        {
            candidate = $"{id}-{next}";
        }

        return candidate;
    }

    private static string IdOf(string name)
    {
        var id = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                id.Append(character);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }

        var trimmed = id.ToString().Trim('-');
        return trimmed.Length > 0 ? trimmed : "person";
    }
}
