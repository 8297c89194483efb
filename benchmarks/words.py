"""Word lists from which the benchmarks compose names, titles and abstracts."""


def _words(text: str) -> list[str]:
    return text.split()


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(";")]


FIRST_NAMES = _words("""
Aarav Abena Ada Adam Aditi Agnes Ahmed Aiko Akira Alan Alba Alice Amara Amir Amit Ana Anders André Angela Anika Anil
Anna Anton Arjun Arthur Asha Astrid Ayşe Bao Beatriz Ben Bin Björn Bo Bruno Camille Carlos Carmen Chen Chiara Chidi
Chloé Chun Clara Claire Daan Daichi Daniel David Deepa Diego Dilip Dmitri Dong Eduardo Eleni Elif Elena Emil Emma
Erik Esra Eva Farah Fatima Felix Feng Fernando Filip Florian François Gabriel Gang Georg Giulia Grace Guillermo
Gustav Hana Hanna Hao Haruto Hassan Helen Helena Hiroshi Hong Hugo Hui Hyun Ian Ibrahim Ines Ingrid Irina Isabel
Ivan Jakob James Jan Jana Jean Jia Jian Jing Jinwoo Jiro João Jonas José Josef Juan Jun Jürgen Kai Karim Karin
Katarzyna Kavya Kenji Kim Kiran Klaus Kofi Lan Lars Laura Lei Leila Lena Leon Li Lin Linda Ling Lisa Luca Lucia
Lukas Luis Magda Mai Malik Marc Marco Maria Marie Marta Martin Mateo Max Mehmet Mei Mia Michal Miguel Mikael Milan
Min Ming Mina Mohan Nadia Naoki Nasrin Neha Nikola Nina Noah Nora Olga Oliver Omar Oskar Paolo Paul Pavel Pedro Peng
Peter Petra Philipp Pierre Ping Priya Qian Qing Rahul Raj Ravi Renée Ricardo Rin Robert Rosa Ryo Sam Samir Sana
Sandra Sara Sören Sanjay Seung Shan Shira Simon Sofia Stefan Stéphane Sumit Sven Tal Tao Tariq Tatiana Thomas Tim
Tomás Tomoko Tuan Uma Ursula Vera Victor Vikram Wei Wen Xavier Xiao Xin Yael Yan Yang Yasmin Yi Ying Yong Yuki Yun
Yusuf Zahra Zhen Zoe Zoltán
""")

LAST_NAMES = _words("""
Abbas Acosta Adeyemi Agarwal Aguilar Ahn Åkesson Albrecht Ali Almeida Andersen Aoki Araujo Arnold Arslan Bai Baker
Banerjee Barbosa Bauer Becker Bellini Berg Bernard Bhat Bianchi Blanc Bondarenko Bose Brandt Braun Brown Bui Cai
Campos Cano Cao Cardoso Castro Çelik Chang Chatterjee Chavez Cheng Cho Choi Chopra Chowdhury Clark Cohen Colombo
Conti Costa Cruz Dai Dang Das Dekker Demir Deng Desai Diaz Ding Do Doğan Dong Du Duan Dubois Duong Dvořák Eriksson
Esposito Evans Fan Fang Farouk Fernández Ferrari Fischer Fontaine Forsberg Franke Frey Fu Fuentes Fujii Gao García
Garg Ge Ghosh Giordano Gómez Gong González Gou Greco Green Gu Guan Guo Gupta Haas Hahn Hall Han Hansen Hartmann
Hasan Hayashi He Heinrich Hernández Hoang Hoffmann Holm Hong Horváth Hou Hu Huang Hughes Huynh Ibáñez Ishikawa Ito
Ivanov Iyer Jain Janssen Jensen Jha Jiang Jin Johansson Jones Joshi Jung Kaiser Kang Kaplan Kapoor Karlsson Kato
Kaur Keller Khan Kim Klein Koch Kovács Kowalski Kraus Krause Krishnan Kumar Kuo Kwon Lai Lam Lange Larsen Le Lee
Lehmann Leroy Levi Lewis Li Lim Lin Lindberg Ling Liu López Lu Luo Ma Maier Malik Mancini Marino Martin Martínez
Matsuda Mehta Mendes Meyer Mishra Mohan Molina Möller Moreau Moreno Mori Mukherjee Müller Murphy Nair Nakamura
Navarro Nguyen Nielsen Novák Núñez Ono Okafor Oliveira Olsen Ortega Öztürk Pan Pandey Papadopoulos Park Patel Peng
Pereira Petersen Petrov Pham Pillai Popescu Qian Qin Qiu Ramos Rao Reddy Ren Richter Rios Rivera Rodríguez Romano
Rossi Roy Ruiz Russo Saito Salazar Sánchez Santos Sato Schmidt Schneider Schröder Schulz Sen Shah Shao Sharma Shen
Shi Shin Silva Simon Singh Sokolov Sousa Song Su Sun Suzuki Svensson Takahashi Tan Tanaka Tang Teixeira Tian Torres
Tran Tsai Ueda Vargas Vasilev Verma Vogel Vu Wagner Wang Watanabe Weber Wei Weiss Wolf Wong Wu Xia Xiao Xie Xiong Xu
Yadav Yamada Yan Yang Yao Ye Yıldız Yin Yoon Yoshida Yu Yuan Zając Zeng Zhang Zhao Zheng Zhong Zhou Zhu Ziegler
Zimmermann Zou
""")

TOPICS = _phrases("""
Representation Learning; Optimal Transport; Graph Learning; Reinforcement Learning; Deep Generative Models;
Causal Inference; Online Learning; Learning Theory; Bandits; Convex Optimization; Bayesian Methods; Kernel Methods;
Time Series; Robustness; Fairness; Privacy; Federated Learning; Meta Learning; Transfer Learning; Computer Vision;
Language Models; Speech; Probabilistic Inference; Sequential Models; Active Learning; Game Theory;
Neural Architecture Search; Interpretability; Self-supervised Learning; Semi-supervised Learning;
Applications (Biology); Applications (Physics); Applications (Health); Distributed Optimization;
Matrix Factorization; Clustering; Anomaly Detection; Metric Learning; Continual Learning; Imitation Learning;
Planning and Control; Sparse Models; Compression; Datasets and Benchmarks
""")

ADJECTIVES = _words("""
adaptive adversarial amortized approximate asynchronous balanced bounded calibrated causal certified compositional
compressed conditional contrastive convex coupled decentralized deep differentiable discrete distributed dynamic
efficient equivariant explainable fair fast federated finite-time flexible generalized geometric gradient-free
greedy guided hierarchical high-dimensional hybrid implicit incremental interpretable invariant iterative kernelized
latent lightweight local low-rank marginal modular momentum-based multi-agent multi-modal multi-scale multi-task
nearly-optimal neural non-parametric off-policy online optimistic overparameterized parallel partial
permutation-invariant personalized private probabilistic progressive provable quantized random recurrent regularized
robust sample-efficient scalable self-supervised semi-supervised sequential sparse spectral stochastic structured
submodular symmetric tensorized tractable uncertainty-aware unbiased unsupervised variational weakly-supervised
zero-shot
""")

NOUNS = _words("""
alignment annotation approximation architecture attention attribution augmentation autoencoder backpropagation
bandit baseline benchmark bias boosting calibration classifier clustering codebook communication complexity
compression convolution covariance curriculum decoder denoising descent detection dictionary diffusion discriminator
distillation divergence dropout embedding encoder energy ensemble entropy equilibrium estimation estimator
exploration factorization feature filtering forest formulation fusion game gating generalization generator gradient
graph hashing hypergraph imitation inference initialization interpolation kernel label likelihood manifold margin
masking matching matrix memory metric mixture momentum network normalization objective optimization optimizer oracle
parsing partition perturbation planning policy pooling posterior prediction pretraining prior projection prompt
pruning quantization ranking reconstruction recovery regression regularization regularizer relaxation representation
reward routing sampler sampling search segmentation sequence shift sketching smoothing sparsity summarization
supervision surrogate tokenization trajectory transfer transformer transport tree uncertainty validation
verification vocabulary weighting
""")

TASKS = _phrases("""
action recognition; code generation; crowd counting; demand forecasting; document retrieval; dialogue modelling;
drug design; entity linking; event detection; gene expression analysis; graph classification; image captioning;
image retrieval; knowledge tracing; lane detection; link prediction; machine translation; medical imaging;
molecular docking; music tagging; node classification; novelty detection; object tracking; part segmentation;
plan recognition; pose estimation; program synthesis; protein folding; question answering; recommendation;
robot grasping; scene understanding; sentiment analysis; signal separation; speech enhancement; story generation;
super-resolution; symbolic regression; table understanding; text classification; theorem proving;
traffic prediction; video prediction; visual navigation; voice conversion; weather forecasting; web search;
wildlife monitoring
""")

VERBS = _words("""
accelerates adapts aggregates aligns amplifies approximates balances bounds bridges calibrates captures combines
compresses constrains corrects decouples denoises discovers disentangles distills eliminates encodes enforces
exploits extends factorizes generalizes improves incorporates integrates learns leverages links lowers maintains
maximizes mitigates models preserves propagates quantifies reconciles recovers reduces refines regularizes reshapes
restores retains reuses samples scales selects separates simplifies stabilizes strengthens suppresses tightens
transfers unifies
""")

DATASETS = _words(
    "CIFAR-100 ImageNet COCO WikiText GLUE MNIST Atari MuJoCo LibriSpeech SQuAD Cora KITTI CelebA OpenWebText"
)

SENTENCES = """
We study {n} for {t}, a problem in which {a} methods based on {n2} are known to fail when the {n3} is {a2}.
Existing approaches to {t} rely on {a} {n}, which limits {n2} and makes {n3} hard to scale beyond small instances.
Despite recent progress, the role of {n} in {a} {n2} remains poorly understood, particularly for {t}.
In this paper, we propose {a} {n}, a framework that {v} the {n2} and {v2} {a2} {n3} without additional supervision.
Our key insight is that {a} {n} {v} the underlying {n2}, so that the {n3} can be computed in closed form.
We prove that the estimator converges at rate {r} under mild assumptions on the {n}, and that the bound is tight.
Theoretically, we show that {a} {n} {v} the gap between {n2} and {n3}; as a corollary we obtain guarantees for {t}.
To address this issue, we introduce a {a} {n} module that {v} {n2} across layers while keeping the {n3} fixed.
Extensive experiments on {d} and {d2} demonstrate that our method outperforms strong {n} baselines by up to {k}.{k2}%.
On {d}, the approach matches the {n} of much larger models with only {k}% of the parameters and {k2}x fewer {n2} steps.
Empirically, {a} {n} {v} {t} (e.g., on {d}), with {k}.{k2} points over the previous best {n2}.
The proposed {n} is {a}, {a2} and easy to implement: it {v} any existing {n2} by changing a few lines of the {n3}.
Unlike prior work, which treats {n} and {n2} separately, we learn both jointly through {a} {n3} and {a2} sampling.
We further analyse how {n} interacts with {a} {n2}, and find that {a2} {n3} is responsible for most of the improvement.
Finally, we discuss limitations for {t} and outline how {a} {n} may be extended to {a2} {n2} in future work.
Ablation studies reveal that removing the {n} term hurts {t} by {k} points, while {a} {n2} has almost no effect.
Many applications such as {t} call for {a} {n}, yet practitioners often fall back to heuristics whose {n2} is unclear.
However, naive {n} leads to a mismatch between training and test {n2}, which in turn degrades {t} on unseen domains.
This paper revisits the classical notion of {n} from the viewpoint of {a} {n2}, thereby answering an open question.
Specifically, each agent first constructs a {a} {n}, then exchanges it with its neighbours until their {n2} agrees.
Motivated by findings from neuroscience, we ask whether {a} {n} alone suffices to explain {n2} observed during {t}.
A simple modification, namely replacing {n} with its {a} counterpart, {v} both accuracy and {n2} at negligible cost.
In contrast to common belief, deeper stacks do not always benefit from {n}; instead, wide ones tend toward {a} {n2}.
Human evaluation confirms that outputs guided by {a} {n} were preferred in {k} out of 70 cases over those using {n2}.
Our analysis combines tools from information theory with {a} {n2}, and may be of independent interest for {t}.
Because labelled data are scarce in {t}, the community has turned to {a} {n}, where hidden confounders bias {n2}.
The algorithm runs within seconds on commodity hardware, handles missing entries gracefully, and {v} memory for {n}.
Given only noisy queries, can one recover a {a} {n} in polynomial time? We give an affirmative answer when {n2} is {a2}.
Across {k} held-out tasks including {t}, results are consistent: larger {n} budgets yield diminishing {n2} returns.
""".strip().splitlines()
