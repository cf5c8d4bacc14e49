using ScFm.Model.Cells;
using ScFm.Model.Molecules;
using ScFm.Model.Tasks.DrugResponse;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.DrugResponse;

/// <summary>What is predicted of drugs of which no pair is known.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class NewDrugTests
{
    [Fact]
    public void No_pair_of_a_drug_that_is_left_out_is_learnt_from()
    {
        var problem = SimulatedResponses.Make().Problem;
        var split = ResponseSplit.WithoutDrug(problem.Responses, "NCCCN");
        Assert.Equal(60, split.Test.Length);
        Assert.DoesNotContain(split.Training.Concat(split.Validation), pair => problem.Responses.Drugs[problem.Responses.DrugOfPair[pair]] == "NCCCN");
        Assert.Throws<KeyNotFoundException>(() => ResponseSplit.WithoutDrug(problem.Responses, "aspirin"));
    }

    [Fact]
    public void Ridge_guesses_a_drug_that_nobody_measured_from_the_atoms_of_the_others()
    {
        var problem = Shifted(SimulatedResponses.Make().Problem, smiles => smiles.Contains('N', StringComparison.OrdinalIgnoreCase) ? 6 : 0);
        Assert.InRange(LevelError(problem, new RidgeMethod()) / LevelError(problem, new EffectsMethod(true)), 0, 0.8);
    }

    [Fact]
    public void Of_one_drug_that_is_left_out_no_baseline_is_the_best_by_its_rounding()
    {
        var problem = Shifted(SimulatedResponses.Make(cells: 24).Problem, smiles => smiles.Contains('N', StringComparison.OrdinalIgnoreCase) ? 6 : 0);
        IResponseMethod[] methods = [new EffectsMethod(true), new RidgeMethod()];
        Assert.All(problem.Responses.Drugs, drug => // ridge is the effects and a level
            Assert.Equal("drug + cell line effects", DrugResponseStudy.Run(problem, [(0, ResponseSplit.WithoutDrug(problem.Responses, drug))], methods).BestBaseline));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_structures_tell_nothing_a_new_drug_is_taken_for_hardly_worse_than_the_mean_of_all(int seed)
    {
        var problem = SimulatedResponses.Make(seed: seed).Problem;
        Assert.InRange(LevelError(problem, new RidgeMethod()) / LevelError(problem, new EffectsMethod(true)), 0, 1.15);
    }

    [Fact]
    public void A_new_drug_of_atoms_that_others_hardly_have_is_no_stronger_than_all_others()
    {
        static float Sign(int drug) => drug % 2 == 0 ? 1 : -1;
        static MoleculeGraph Graph(float usual, float rare) => new(new DenseMatrix(1, 2, [usual, rare]), []);
        int[] known = [.. Enumerable.Range(0, 24)];
        MoleculeGraph[] graphs = [.. known.Select(drug => Graph(Sign(drug), 0.01f * Sign(drug) * (1 + drug % 3))), Graph(0, 5)]; // 200 deviations away
        var level = Assert.Single(DrugLevels.Of(graphs, known, Array.ConvertAll(known, drug => 3.0 * Sign(drug)), [24]));
        Assert.InRange(level, 0.5, 3);
    }

    /// <summary>The same screen with a level of the drugs that their structures tell.</summary>
    private static ResponseProblem Shifted(ResponseProblem problem, Func<string, double> shift)
    {
        var of = problem.Responses;
        float[] values = [.. Enumerable.Range(0, of.Count).Select(pair => (float)(of.Values[pair] + shift(of.Drugs[of.DrugOfPair[pair]])))];
        var responses = new DrugResponses(of.Drugs, of.Cells, of.CancerTypes, of.DrugOfPair.ToArray(), of.CellOfPair.ToArray(), values);
        return new ResponseProblem(responses, problem.Graphs, new CellFeatures("simulated", of.Cells, problem.Tables[0].Values));
    }

    /// <summary>How far the mean response of each drug is told wrong while it is left out, root of the mean square over drugs.</summary>
    private static double LevelError(ResponseProblem problem, IResponseMethod method)
    {
        double[] errors = [.. problem.Responses.Drugs.Select(drug =>
        {
            var split = ResponseSplit.WithoutDrug(problem.Responses, drug);
            return (double)method.Predict(problem, split, 0, default).Average() - problem.Responses.ValuesOf(split.Test).Average();
        })];
        return Math.Sqrt(errors.Average(error => error * error));
    }
}
